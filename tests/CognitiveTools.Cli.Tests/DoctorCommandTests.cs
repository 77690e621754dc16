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

    [Fact]
    public async Task Storage_tools_and_what_was_verified_are_told()
    {
        var run = await CommandRun.OfAsync("doctor", "-m", "mini", "--threads", "1");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        string[] facts = ["node, npm", "store ", "runs ", "GB free", "files have the hashes of this version", "yes, SHA-256 25a109ec"];
        Assert.All(facts, fact => Assert.Contains(fact, run.Output, StringComparison.Ordinal));
        var own = await CommandRun.OfAsync("doctor", "-m", files.Model, "--threads", "1");
        Assert.Contains("no, a file of your own", own.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_libraries_the_rest_is_examined_all_the_same()
    {
        var run = await CommandRun.OfAsync("doctor", "-m", files.Model, "--natives", files.PathOf("nothing-here"));

        string[] parts = ["Storage", "Sandbox", "javascript", "not examined without native libraries"];
        Assert.All(parts, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bundled_model_with_another_models_prompts_is_a_problem()
    {
        var run = await CogtoolsProcess.RunAsync(
            ["doctor", "-m", "mini", "--threads", "1"], ("COGTOOLS_CognitiveTools__Profile", "default"));

        Assert.Equal(ExitCodes.Attention, run.ExitCode);
        Assert.Contains("made for the prompt profile 'mini', and 'default' is used", run.Output, StringComparison.Ordinal);
    }
}
