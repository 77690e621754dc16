namespace CognitiveTools.Cli.Tests;

public sealed class DoctorCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Fact]
    public async Task A_sound_installation_passes_with_parity()
    {
        var run = await CommandRun.OfAsync("doctor", "-m", files.Model, "--threads", "1");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("argmax agrees at 64 of 64 positions", run.Output, StringComparison.Ordinal);
        Assert.Contains("libllama", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_library_folder_is_a_problem_with_a_remedy()
    {
        var run = await CommandRun.OfAsync("doctor", "-m", files.Model, "--natives", files.PathOf("nothing-here"));

        Assert.Equal(ExitCodes.Attention, run.ExitCode);
        Assert.Contains("nothing-here", run.Output, StringComparison.Ordinal);
    }
}
