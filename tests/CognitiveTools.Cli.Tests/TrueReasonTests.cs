using System.Diagnostics;
using CognitiveTools.TestModels;

namespace CognitiveTools.Cli.Tests;

/// <summary>Messages name what the user gave (the limit, the override, the path, the variable), not what the program made of it.</summary>
public sealed class TrueReasonTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Theory]
    [InlineData("--max-tokens", "4", "5", "budget.tokensPerTurn was 4 and is 5")]
    [InlineData("--positions", "400", "500", "budget.positions was 400 and is 500")]
    [InlineData("--tool-calls", "4", "5", "budget.toolCalls was 4 and is 5")]
    [InlineData("--timeout", "400", "400.5", "budget.wallTimeSeconds was 400 and is 400.5")]
    public async Task A_resumed_run_with_another_budget_names_the_limit_that_differs_and_no_other(
        string option, string before, string after, string difference)
    {
        string[] run =
        [
            "eval", "-m", files.Model, "-p", files.Problems, "--take", "1", "-a", "direct", "--threads", "1", "--run",
            files.PathOf("run" + option),
        ];
        await CommandRun.OfAsync([.. run, option, before]);

        var again = await CommandRun.OfAsync([.. run, option, after]);

        Assert.Equal(ExitCodes.BadInput, again.ExitCode);
        Assert.Contains($"is another one: {difference}. ", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BudgetSnapshot", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resumed_run_without_its_chat_template_says_so_in_one_sentence()
    {
        string[] run =
        [
            "eval", "-m", files.Model, "-p", files.Problems, "--take", "1", "-a", "direct,cot", "--threads", "1", "--max-tokens", "2",
            "--run", files.PathOf("run-template"),
        ];
        await CommandRun.OfAsync([.. run, "--chat-template", "chatml"]);

        var again = await CommandRun.OfAsync(run);

        Assert.Equal(ExitCodes.BadInput, again.ExitCode);
        Assert.Contains(
            "is another one: --chat-template (or the setting Llama:ChatTemplate) was given and is not now. ", again.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_in_an_adapters_place_is_named_as_what_it_is()
    {
        var run = await CommandRun.OfAsync("ask", "Hi", "-r", "direct", "-m", $"{files.Model}+lora={files.Model}", "--threads", "1");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("and not a LoRA adapter", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the key is missing", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_on_a_hub_that_is_no_model_gets_no_command_that_cannot_work()
    {
        var run = await CommandRun.OfAsync("ask", "Hi", "-m", "hf:a/b/c.txt");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("'hf:a/b/c.txt' names no GGUF file.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("models get", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("direct", false)]
    [InlineData("tools:code=on,profile=default", true)]
    public async Task The_sandbox_is_mentioned_where_an_arm_may_run_code(string arm, bool isMentioned)
    {
        var run = await CommandRun.OfAsync(
            "eval", "-m", files.Model, "-p", files.Problems, "--take", "1", "-a", arm, "--threads", "1", "--max-tokens", "2",
            "--run", files.PathOf($"run-code-{isMentioned}"));

        Assert.Equal(isMentioned, run.Error.Contains("if a tool runs code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_override_that_spoils_a_sound_model_is_blamed_and_not_the_file()
    {
        var run = await CommandRun.OfAsync("ask", "Hi", "-r", "direct", "-m", files.Model + "+set=llama.block_count:0", "--threads", "1");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("the override llama.block_count:0 ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{{ a template of its own }}")]
    public async Task A_model_without_a_usable_template_gets_a_remedy_for_the_command_line_too(string? template)
    {
        var model = TinyModel.Write(files.PathOf("plain.gguf"), seed: 1, new TinyModelOptions { Context = 2048, Template = template });

        var run = await CommandRun.OfAsync("ask", "Hi", "-r", "direct", "-m", model, "--threads", "1");

        Assert.NotEqual(ExitCodes.Success, run.ExitCode);
        Assert.Contains("--chat-template FILE|NAME", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_path_of_a_control_vector_without_an_ending_is_named_whole()
    {
        var vector = files.PathOf("vector");
        await File.WriteAllTextAsync(vector, "no vector", TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("ask", "Hi", "-r", $"steer:vector={vector}", "-m", files.Model, "--threads", "1");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(
            $"If '{vector}' is the file of the vector: a name without an ending is read as a control", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("There is no control vector at", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_that_does_not_exist_is_named_by_what_needs_it_and_a_model_of_the_repository_does_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not use HOME: run it on Linux or macOS");
        var missing = files.PathOf("no-home");

        var shipped = await WithHomeAsync(missing, ["ask", "Hi", "-r", "direct", "-m", "mini", "--max-tokens", "2", "--threads", "1"]);
        var downloaded = await WithHomeAsync(missing, ["ask", "Hi", "-r", "direct", "-m", "tinyllama"]);

        Assert.DoesNotContain("HOME", shipped.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.BadInput, shipped.ExitCode);
        Assert.Equal(ExitCodes.BadInput, downloaded.ExitCode);
        Assert.Contains($"HOME is '{missing}', which is not a folder that exists", downloaded.Error, StringComparison.Ordinal);
    }

    private static async Task<CommandRun> WithHomeAsync(string home, string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [typeof(CogtoolsCommand).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        foreach (var variable in (string[])["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "COGTOOLS_MODELS"])
            start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        return new(process.ExitCode, await output, await error);
    }
}
