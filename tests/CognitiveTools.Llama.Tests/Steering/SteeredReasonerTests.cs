using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;
using CognitiveTools.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Llama.Tests.Steering;

public sealed class SteeredReasonerTests : IDisposable
{
    private static readonly Question Question = new("q1", "What is 2 + 2?");
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly string _vector;

    public SteeredReasonerTests()
    {
        var model = TinyModel.Write(_folder.File("tiny.gguf"), 1, new() { Layers = 3, Context = 2048 });
        _vector = _folder.File("v.gguf");
        var vector = new ControlVector(
        [
            KeyValuePair.Create(1, Enumerable.Range(0, 32).Select(i => (float)Math.Sin(i) * 4).ToArray()),
            KeyValuePair.Create(2, Enumerable.Range(0, 32).Select(i => (float)Math.Cos(i) * 4).ToArray()),
        ]);
        ControlVectorFile.Write(_vector, vector, "tiny");
        _services = new ServiceCollection()
            .AddLlama(o => o.Path = model, o => o.Threads = 1)
            .AddSteering()
            .AddSingleton<ReasonerCatalog>()
            .BuildServiceProvider();
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_schedule_and_control_gives_another_text_than_the_unsteered_prompt_but_for_the_same_prompt_cost()
    {
        var plain = await SolveAsync("strength=0");
        string[] arms =
        [
            "strength=30", "strength=30,when=decay", "strength=30,when=always", "strength=30/random", "strength=30,when=decay/timing",
            "strength=30,layers=2",
        ];
        foreach (var arm in arms)
        {
            var steered = await SolveAsync(arm);
            Assert.True(plain.Answer != steered.Answer, $"{arm} changed nothing");
            Assert.Equal(plain.Usage.Prompt, steered.Usage.Prompt);
            Assert.Equal(steered.Answer, (await SolveAsync(arm)).Answer);
        }
    }

    [Fact]
    public async Task The_prefix_control_begins_the_answer_and_does_not_steer()
    {
        var plain = await SolveAsync("strength=0");
        var prefixed = await SolveAsync("strength=3,prefix=the answer/prefix");
        var other = await SolveAsync("strength=9,prefix=the answer/prefix");

        Assert.StartsWith("the answer", prefixed.Answer, StringComparison.Ordinal);
        Assert.Equal(prefixed.Answer, other.Answer);
        Assert.True(prefixed.Usage.Prompt > plain.Usage.Prompt);
    }

    [Fact]
    public async Task A_prefix_within_a_thought_that_the_prompt_opens_is_part_of_the_thought()
    {
        var model = ScriptedModel.Write(
            _folder.File("thinker.gguf"), Thoughts.ThoughtModels.Template("<think> </think>", begins: "<think>"), ["<think>", "</think>"],
            [".", "maybe ", "</think>", "ANSWER: 2"]);
        var vector = _folder.File("small.gguf");
        ControlVectorFile.Write(vector, new([KeyValuePair.Create(1, Enumerable.Repeat(0.01f, 8).ToArray())]), "scripted");
        await using var services = new ServiceCollection()
            .AddLlama(o => o.Path = model, o => o.Threads = 1)
            .AddSteering()
            .AddSingleton<ReasonerCatalog>()
            .BuildServiceProvider();
        var heard = new List<TextPiece>();
        var observer = new Observer(heard);

        var reasoning = await services.GetRequiredService<ReasonerCatalog>()
            .Create(ReasonerSpec.Parse($"steer:vector={vector},prefix=so./prefix"))
            .SolveAsync(Question, new() { TextObserver = observer }, TestContext.Current.CancellationToken);

        Assert.Equal("ANSWER: 2", reasoning.Answer);
        Assert.Equal("so.maybe ", Assert.Single(reasoning.Steps.OfType<Said>()).Thoughts);
        Assert.Equal((3, 2), (reasoning.Usage.Generated, reasoning.Usage.ThoughtTokens));
        Assert.Equal("so.maybe ", string.Concat(heard.Where(static piece => piece.IsThought).Select(static piece => piece.Text)));
        Assert.Equal("ANSWER: 2", string.Concat(heard.Where(static piece => !piece.IsThought).Select(static piece => piece.Text)));
    }

    private sealed class Observer(List<TextPiece> heard) : IProgress<TextPiece>
    {
        public void Report(TextPiece value)
        {
            lock (heard)
                heard.Add(value);
        }
    }

    [Fact]
    public async Task Budgets_cut_and_are_named()
    {
        var none = await SolveAsync("strength=1", new() { Budget = new() { Positions = 5 } });
        var some = await SolveAsync("strength=1", new() { Budget = new() { TokensPerTurn = 3 } });

        Assert.Equal((0, "positions"), (none.Usage.Positions, Assert.Single(none.LimitsHit)));
        Assert.Equal((3, "tokensPerTurn"), (some.Usage.Generated, Assert.Single(some.LimitsHit)));
    }

    [Theory]
    [InlineData("steer", "name a control vector")]
    [InlineData("steer:vector=V,when=never", "one of: first, decay, always")]
    [InlineData("steer:vector=V,layers=x", "one layer or a range")]
    [InlineData("steer:vector=V,layers=7-9", "none of them lies from 7 to 9")]
    [InlineData("steer:vector=V/sideways", "Known: random, timing, prefix")]
    [InlineData("steer:vector=V,when=always/timing", "Random timing needs a schedule")]
    [InlineData("steer:vector=V,when=decay,window=4/timing", "Random timing needs a schedule")]
    [InlineData("steer:vector=V,speed=4", "no setting 'speed'")]
    public void A_wrong_arm_is_refused_with_the_reason(string arm, string reason)
    {
        var spec = ReasonerSpec.Parse(arm);
        var refusal = Assert.ThrowsAny<ArgumentException>(
            () => _services.GetRequiredService<ReasonerCatalog>().Create(spec.Settings.ContainsKey("vector") ? WithVector(spec) : spec));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_engine_the_arm_says_what_to_register()
    {
        using var services = new ServiceCollection().AddSteering().AddSteering().AddSingleton<ReasonerCatalog>().BuildServiceProvider();
        var catalog = services.GetRequiredService<ReasonerCatalog>();
        Assert.Equal(["steer"], catalog.Factories.Select(f => f.Kind));
        Assert.Contains(
            "AddLlama", Assert.Throws<InvalidOperationException>(() => catalog.Create(WithVector(ReasonerSpec.Parse("steer")))).Message,
            StringComparison.Ordinal);
    }

    private ReasonerSpec WithVector(ReasonerSpec spec) => spec with
    {
        Settings = new SortedDictionary<string, string>(spec.Settings.ToDictionary(), StringComparer.Ordinal) { ["vector"] = _vector },
    };

    private Task<Reasoning> SolveAsync(string settings, SolveOptions? options = null) =>
        _services.GetRequiredService<ReasonerCatalog>().Create(WithVector(ReasonerSpec.Parse("steer:" + settings)))
            .SolveAsync(Question, options ?? new() { Budget = new() { TokensPerTurn = 12 } }, TestContext.Current.CancellationToken);
}
