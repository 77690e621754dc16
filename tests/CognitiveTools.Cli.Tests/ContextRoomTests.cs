using System.Globalization;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Reasoners;
using CognitiveTools.TestModels;

namespace CognitiveTools.Cli.Tests;

/// <summary><c>--max-tokens</c> and the context: it gets room for them, unless it was set, or model or memory do not allow it.</summary>
public sealed class ContextRoomTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const int Trained = 60_000, Default = 32_768;

    private static readonly Budget Long = new() { TokensPerTurn = 34_000, Positions = 34_000, ThoughtTokens = 5_000 };

    [Theory]
    [InlineData("", 34_000)]
    [InlineData("{# <think> </think> #}", 34_000 + 5_000)] // a model that thinks
    public async Task The_context_gets_room_for_the_longest_turn(string marks, int turn)
    {
        var model = Model(marks);
        await using var plain = ModelHost.Create(new() { Reference = model, Threads = 1 });
        await using var asked = ModelHost.Create(new() { Reference = model, Threads = 1, Budget = Long });
        await using var set = ModelHost.Create(new() { Reference = model, Threads = 1, Budget = Long, Context = 512 });

        Assert.Equal(Default, plain.Engine.ContextLength);
        Assert.Equal(new LongestTurn(turn, 0).Positions(thinks: false), asked.Engine.ContextLength);
        Assert.Equal(512, set.Engine.ContextLength);
    }

    [Fact]
    public async Task A_worker_process_gets_room_too()
    {
        var turn = new LongestTurn(34_000, 5_000);
        await using var worker = new LlamaWorker(
            new() { Path = Model("") }, new() { Threads = 1, LongestTurn = turn },
            new() { FileName = "dotnet", Arguments = [typeof(CogtoolsCommand).Assembly.Location, "worker"] });

        var facts = await worker.InspectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(turn.Positions(thinks: false), facts.ContextLength);
    }

    [Fact]
    public async Task A_dry_run_says_which_arms_do_not_fit_the_context()
    {
        string[] arms = ["direct", "latent:steps=2", "maj:of=direct,k=2"];
        string[] eval = ["eval", "-m", files.Model, "-p", files.Problems, "--dry-run", "--threads", "1"];

        var tooLong = await CommandRun.OfAsync([.. eval, "-a", string.Join(',', arms), "--context", "16"]);
        var filled = await CommandRun.OfAsync(
            "eval", "-m", "mini", "-p", "held-out", "--take", "1", "-a", "cot", "--dry-run", "--threads", "1", "--context", "36");

        Assert.Equal(ExitCodes.Attention, tooLong.ExitCode);
        Assert.All(arms, arm => Assert.Contains(
            $"! {arm}: the arm's prompt does not fit the model's context of 16 tokens", tooLong.Output, StringComparison.Ordinal));
        Assert.Contains("! cot: the arm filled the model's context of 36 tokens", filled.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000, null, "the context holds 2,048 positions (what the model was trained for)")]
    [InlineData(600, 512, "the context holds 512 positions (as set)")]
    [InlineData(20, null, null)]
    [InlineData(20, 512, null)]
    public async Task Tokens_that_the_context_cannot_hold_are_said_before_the_answer(int tokens, int? context, string? message)
    {
        string[] limits = ["--max-tokens", tokens.ToString(CultureInfo.InvariantCulture), "--threads", "1"];
        string[] size = context is { } given ? ["--context", given.ToString(CultureInfo.InvariantCulture)] : [];

        var asked = await CommandRun.OfAsync(["ask", "1 + 1?", "-m", files.Model, "-r", "cot", .. limits, .. size]);
        var evaluated = await CommandRun.OfAsync(
            ["eval", "-m", files.Model, "-p", files.Problems, "-a", "direct", "--take", "1", "--run", files.PathOf($"{Guid.NewGuid():N}"),
                .. limits, .. size]);

        foreach (var run in (CommandRun[])[asked, evaluated])
        {
            if (message is null)
                Assert.DoesNotContain("cannot be reached", run.Error, StringComparison.Ordinal);
            else
                Assert.Contains($"--max-tokens {tokens} cannot be reached: {message}", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_context_beyond_what_the_model_was_trained_for_is_said()
    {
        const string Warning = "the context holds 4,096 positions, and the model was trained for 2,048.";
        string[] model = ["-m", files.Model, "--threads", "1", "--max-tokens", "2"];
        string[] eval =
            ["eval", "-p", files.Problems, "-a", "direct", "--take", "1", "--run", files.PathOf($"{Guid.NewGuid():N}"), .. model];

        foreach (var command in (string[][])[["ask", "1 + 1?", "-r", "cot", .. model], eval])
        {
            Assert.Contains(Warning, (await CommandRun.OfAsync([.. command, "--context", "4096"])).Error, StringComparison.Ordinal);
            Assert.DoesNotContain("was trained for", (await CommandRun.OfAsync(command)).Error, StringComparison.Ordinal);
        }

        var doctor = await CommandRun.OfAsync("doctor", "-m", files.Model, "--threads", "1", "--context", "4096");
        Assert.Contains(
            "4,096 positions per sequence (more than the 2,048 that the model was trained for)", doctor.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(512, 2048, "Use a larger --context, up to the 2,048 positions that the model was trained for, or a shorter question.")]
    [InlineData(2048, 2048, "Use a shorter question, or a model that was trained for a longer context.")]
    [InlineData(512, null, "Use a shorter question, or a model that was trained for a longer context.")]
    [InlineData(null, null, "Use a shorter question, or run the server with a longer context.")]
    public void A_full_context_has_the_remedy_that_helps(int? length, int? trained, string expected) =>
        Assert.Equal(expected, new ContextRoom(length, trained).Remedy("a shorter question"));

    private string Model(string marks) => TinyModel.Write(
        files.PathOf($"{Guid.NewGuid():N}.gguf"), seed: 1,
        new() { Context = Trained, Template = new TinyModelOptions().Template + marks });
}
