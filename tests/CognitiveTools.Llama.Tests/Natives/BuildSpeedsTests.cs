using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Tests.Natives;

public sealed class BuildSpeedsTests
{
    private static readonly NativePackage[] Npm = [new("linux-x64", "@node-llama-cpp/linux-x64", "1.0.0", "")];

    [Fact]
    public void A_format_that_runs_slower_is_told_with_its_figures_their_source_and_the_remedy()
    {
        var note = BuildSpeeds.NoteOn("b10221", "19", Npm);

        Assert.All(
            ["b10221 runs IQ2_XXS slower than v0.5.0", "0.22", "0.63", "docs/bench.md", "cogtools natives use npm"],
            part => Assert.Contains(part, note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("v0.5.0", "19")] // the faster build itself
    [InlineData("b10221", "2")] // not measured
    [InlineData("b10221", null)]
    [InlineData("b10221", "unknown")]
    public void Nothing_is_said_about_what_was_not_measured(string build, string? fileType) =>
        Assert.Null(BuildSpeeds.NoteOn(build, fileType, Npm));

    [Fact]
    public void Nothing_is_said_where_no_faster_build_is_to_be_had() => Assert.Null(BuildSpeeds.NoteOn("b10221", "19", []));
}
