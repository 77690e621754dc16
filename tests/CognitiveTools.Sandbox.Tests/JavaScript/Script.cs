using CognitiveTools.Code;
using CognitiveTools.Sandbox.JavaScript;

namespace CognitiveTools.Sandbox.Tests.JavaScript;

/// <summary>Runs programs for the tests, with limits that a hostile one reaches soon.</summary>
internal static class Script
{
    public static CodeLimits Small { get; } = new()
    {
        Statements = 200_000,
        MemoryBytes = 16 << 20,
        AllocatedBytes = 256L << 20,
        WallTime = TimeSpan.FromMinutes(2),
        RegexTime = TimeSpan.FromMilliseconds(100),
        RecursionDepth = 200,
        ArrayLength = 100_000,
        OutputCharacters = 1_000,
    };

    public static ValueTask<CodeResult> Run(string code, CodeLimits? limits = null) =>
        new JavaScriptRunner().RunAsync(code, limits ?? Small, TestContext.Current.CancellationToken);

    public static async Task<string?> Value(string code)
    {
        var result = await Run(code);
        Assert.True(result.Outcome == CodeOutcome.Completed, result.Describe());
        return result.Value;
    }

    public static async Task HitsLimit(string limit, string code, CodeLimits? limits = null)
    {
        var result = await Run(code, limits);
        Assert.True(result.Outcome == CodeOutcome.LimitHit && result.Limit == limit,
            $"expected {limit}, got {result.Outcome}: {result.Describe()}");
        Assert.NotEmpty(result.Reason!);
    }

    public static async Task Fails(string part, string code)
    {
        var result = await Run(code);
        Assert.True(result.Outcome == CodeOutcome.Failed, result.Describe());
        Assert.Contains(part, result.Reason, StringComparison.OrdinalIgnoreCase);
    }
}
