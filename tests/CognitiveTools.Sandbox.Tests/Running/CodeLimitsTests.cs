using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Tests.Running;

public sealed class CodeLimitsTests
{
    [Fact]
    public void A_limit_out_of_range_is_named_with_its_range()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLimits { Statements = 0 });

        Assert.Contains("Set Statements from 1 to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_limit_can_be_switched_off()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLimits { WallTime = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLimits { MemoryBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLimits { AllocatedBytes = long.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLimits { RecursionDepth = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeLimits { OutputCharacters = 0 });
    }

    [Theory]
    [InlineData(SandboxLevel.None, "none")]
    [InlineData(SandboxLevel.Language, "language")]
    [InlineData(SandboxLevel.Process, "process")]
    [InlineData(SandboxLevel.OsSandbox, "os-sandbox")]
    public void A_level_has_a_printed_name(SandboxLevel level, string name) => Assert.Equal(name, level.ToName());
}
