using System.Net;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Chat;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Replays;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Evals.Tests.Exchanges;

public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_played_again_without_its_model_and_comes_out_identical()
    {
        var run = await Run(new ScriptedChatClient(Answer));

        var played = await Play(run);

        Assert.Equal(8, played.Count);
        Assert.All(played, p => Assert.True(p.Identical, $"{p.Unit.Key}: {p.Reason}"));
        Assert.Contains(run.Units, u => u.Calls.Count > 0); // the loop's calls were among them
    }

    [Fact]
    public async Task A_model_that_is_registered_after_the_harness_is_recorded_too()
    {
        using var services = new ServiceCollection().AddCognitiveToolsEvals().AddCognitiveToolsEvals().AddCognitiveTools()
            .AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient(Answer)).BuildServiceProvider();
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct"),
            Problems,
            services.GetRequiredService<ReasonerCatalog>(),
            new RunOptions { Directory = _folder.File("late") },
            cancellationToken: Token);
        Assert.All(run.Units, unit => Assert.Single(run.TranscriptOf(unit)!.Exchanges)); // once, though the harness was added twice
        Assert.All(await Play(run), played => Assert.True(played.Identical, played.Reason));
    }

    [Fact]
    public async Task A_response_that_was_tampered_with_is_noticed()
    {
        var run = await Run(new ScriptedChatClient(Answer));
        var unit = run.Units.First(u => u.Arm == "cot");
        var stored = run.TranscriptOf(unit)!;
        var asked = new Problem(unit.Problem, stored.Question, unit.Gold);
        var forged = Transcript.Write(asked, stored.Reasoning, [stored.Exchanges[0] with { Text = "ANSWER: 7" }]);
        var hash = new TranscriptStore(run.Directory).Store(forged);

        var played = await Play(run with { Units = [unit with { Transcript = hash }] });

        Assert.False(Assert.Single(played).Identical);
    }

    [Fact]
    public async Task A_unit_without_exchanges_is_not_played_and_says_why()
    {
        var reasoner = new ScriptedReasoner(_ => "ANSWER: 1");
        var run = await EvalRun.ExecuteAsync(
            Suite.FromArms("direct"),
            [new Problem("a", "1?", "1")],
            ScriptedReasoner.Catalog(("direct", reasoner)),
            new RunOptions { Directory = _folder.File("run") },
            cancellationToken: Token);

        var played = Assert.Single(await Play(run));

        Assert.Null(played.Identical);
        Assert.Contains("no exchange", played.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_function_calls_are_recorded_and_played_again()
    {
        var proposed = new Dictionary<string, object?>(StringComparer.Ordinal) { ["current_proposed_answer"] = 4 };
        var call = new FunctionCallContent("1", "examine_answer", proposed);
        var client = new ScriptedChatClient((request, _) => Task.FromResult(new ChatResponse(
            request.Options?.Tools is not null && request.Messages.Count == 2
                ? new ChatMessage(ChatRole.Assistant, [new TextContent("Why not."), call])
                : new ChatMessage(ChatRole.Assistant, "ANSWER: 4"))
        { Usage = new UsageDetails { InputTokenCount = 3, OutputTokenCount = 2 } }));
        var run = await Run(client, "tools:style=native");

        Assert.All(run.Units, u => Assert.Single(u.Calls));
        Assert.All(await Play(run), unit => Assert.True(unit.Identical, unit.Reason));
    }

    [Fact]
    public async Task A_fault_of_the_transport_is_tried_again_and_counted_and_another_one_is_not()
    {
        var fail = new Queue<Exception>(
            [new HttpRequestException("no route"), new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable)]);
        var client = new ScriptedChatClient((request, _) => fail.TryDequeue(out var fault)
            ? Task.FromException<ChatResponse>(fault)
            : Task.FromResult(ScriptedChatClient.Generate(request, "ANSWER: 1")));

        var run = await Run(client, "cot");
        Assert.Equal([2, 0], run.Units.Select(u => u.Retries));
        Assert.All(run.Units, u => Assert.NotEqual(SampleStatus.Error, u.Status));

        var unauthorized = new HttpRequestException("key?", null, HttpStatusCode.Unauthorized);
        var refused = new ScriptedChatClient((_, _) => Task.FromException<ChatResponse>(unauthorized));
        var second = await Run(refused, "cot", "second");
        Assert.All(second.Units, u => Assert.Equal((0, SampleStatus.Error), (u.Retries, u.Status)));
        Assert.Equal(2, refused.Requests.Count);
    }

    [Fact]
    public async Task A_probe_shows_the_prompts_and_counts_the_units()
    {
        using var services = Services(s => s.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient(Answer)));
        var probes = new List<ArmProbe>();

        var suite = Suite.FromArms("direct,tools") with { Samples = 3, Temperature = 1 };
        var catalog = services.GetRequiredService<ReasonerCatalog>();
        await foreach (var probe in RunProbe.RunAsync(suite, Problems, _ => catalog, TimeProvider.System, Token))
            probes.Add(probe);

        Assert.Equal([("direct", 6), ("tools", 6)], probes.Select(p => (p.Arm, p.Units)));
        Assert.All(probes, p => Assert.True(p.Positions > 0));
        Assert.Contains("How much is 2 + 2", Assert.Single(probes[0].Prompts), StringComparison.Ordinal);
        Assert.True(probes[1].Prompts.Count > 1);
    }

    private static readonly Problem[] Problems =
        [new("a", "How much is 1 + 1, please?", "2"), new("b", "How much is 2 + 2, if you can?", "4")];

    // The tool loop calls a tool once, then answers; everything else answers at once.
    private static string Answer(ScriptedRequest request) =>
        request.Transcript.Contains("understand_question", StringComparison.Ordinal) && request.Messages.Count == 2
            ? """<tool_call>{"tool": "understand_question", "args": {"question": "?"}}</tool_call>"""
            : $"I think.\nANSWER: {(request.Transcript.Contains("1 + 1", StringComparison.Ordinal) ? 2 : 4)}";

    private Task<RunResult> Run(IChatClient client, string arms = "direct,cot,tools,maj:of=cot,k=3", string name = "run")
    {
        var services = Services(s => s.AddKeyedSingleton("verbal", client));
        return EvalRun.ExecuteAsync(
            Suite.FromArms(arms),
            Problems,
            services.GetRequiredService<ReasonerCatalog>(),
            new RunOptions { Directory = _folder.File(name) },
            cancellationToken: Token);
    }

    private static async Task<List<ReplayedUnit>> Play(RunResult run)
    {
        using var services = Services(s => s.AddReplayChatClient(ChatCapabilities.None));
        var played = new List<ReplayedUnit>();
        await foreach (var unit in RunReplay.PlayAsync(run, _ => services.GetRequiredService<ReasonerCatalog>(), run.Units, Token))
            played.Add(unit);
        return played;
    }

    private static ServiceProvider Services(Action<IServiceCollection> addClient)
    {
        var services = new ServiceCollection();
        addClient(services);
        return services.AddCognitiveTools().AddCognitiveToolsEvals().BuildServiceProvider();
    }
}
