using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Steering;

namespace CognitiveTools.Lab.Tests.Steering;

public sealed class SteeredGenerationTests : IDisposable
{
    private const int Count = 6;
    private static readonly int[] Prompt = [1, 70, 104, 101, 114, 40, 260, 50, 51];

    private readonly SteeredFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("first")]
    [InlineData("decay")]
    [InlineData("always")]
    [InlineData("moved")]
    [InlineData("none")]
    public async Task A_steered_text_is_the_one_that_the_equations_give(string when)
    {
        var schedule = when switch
        {
            "first" => SteeringSchedule.First(1.5f),
            "decay" => SteeringSchedule.Decaying(1.5f, 0.5f),
            "always" => SteeringSchedule.Always(-0.7f),
            "moved" => SteeringSchedule.First(1.5f).AtRandomSteps(seed: 2, window: 4),
            _ => SteeringSchedule.First(0),
        };
        await using var engine = new LlamaEngine(_fixture.Model, new() { Threads = 1 });

        var actual = await GenerateAsync(engine, schedule);

        var expected = _fixture.Continue(Prompt, Count, schedule.At);
        Assert.Equal(expected.Tokens, actual.Tokens);
        foreach (var (byHand, margin) in expected.Margins.Zip(actual.Margins))
            Assert.Equal(byHand, margin, 1e-3); // the cache is F16
    }

    [Fact]
    public async Task Steering_changes_the_text_so_that_the_other_tests_mean_something()
    {
        await using var engine = new LlamaEngine(_fixture.Model, new() { Threads = 1 });
        var plain = await GenerateAsync(engine, null);
        SteeringSchedule[] schedules =
        [
            SteeringSchedule.First(1.5f), SteeringSchedule.Decaying(1.5f, 0.5f), SteeringSchedule.Always(-0.7f),
            SteeringSchedule.First(1.5f).AtRandomSteps(2, 4),
        ];
        foreach (var schedule in schedules)
            Assert.NotEqual(plain.Margins, (await GenerateAsync(engine, schedule)).Margins);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Neighbours_in_the_engine_are_not_steered_and_steered_positions_serve_no_other_prompt(bool deterministic)
    {
        await using var engine = new LlamaEngine(_fixture.Model, new() { Threads = 1, Deterministic = deterministic });
        var plain = _fixture.Continue(Prompt, Count, static _ => 0);
        SteeringSchedule?[] kinds =
            [null, SteeringSchedule.Always(-0.7f), null, SteeringSchedule.First(1.5f), null, SteeringSchedule.Decaying(1.5f, 0.5f)];

        for (var round = 0; round < 3; round++) // later rounds find prefixes that earlier ones left
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => GenerateAsync(engine, kinds[i % kinds.Length])));
            for (var i = 0; i < results.Length; i++)
            {
                var expected = kinds[i % kinds.Length] is { } schedule ? _fixture.Continue(Prompt, Count, schedule.At) : plain;
                Assert.Equal(expected.Tokens, results[i].Tokens);
                foreach (var (byHand, margin) in expected.Margins.Zip(results[i].Margins))
                    Assert.Equal(byHand, margin, 1e-3); // the cache is F16
            }
        }

        var longer = await engine.GenerateAsync((int[])[.. Prompt, .. plain.Tokens], Options(null), Token);
        Assert.Equal(_fixture.Continue([.. Prompt, .. plain.Tokens], Count, static _ => 0).Tokens, longer.Tokens);
    }

    [Fact]
    public async Task Equal_pushes_share_decodes()
    {
        await using var engine = new LlamaEngine(_fixture.Model, new() { Threads = 1 });
        var always = SteeringSchedule.Always(1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GenerateAsync(engine, always)));
        Assert.True(engine.Counters.LargestBatch >= 8, "eight steered texts ran one by one");
        Assert.True(engine.Counters.Decodes < 8 * Count, $"{engine.Counters.Decodes} decodes for eight texts of {Count} tokens");
    }

    [Fact]
    public async Task A_vector_that_does_not_fit_is_refused()
    {
        await using var engine = new LlamaEngine(_fixture.Model, new() { Threads = 1 });
        var wide = new ControlVector([KeyValuePair.Create(1, new float[33])]);
        var deep = new ControlVector([KeyValuePair.Create(2, new float[32])]);

        await RefusedAsync(wide, "hidden size of 32");
        await RefusedAsync(deep, "layers 1 to 1");

        async Task RefusedAsync(ControlVector vector, string message)
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(
                () => engine.GenerateAsync(Prompt, Options(new(vector, SteeringSchedule.First(1))), Token));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    private static GenerationOptions Options(SteeringPlan? plan) => new()
    {
        MaxTokens = Count,
        Margins = true,
        IgnoresEndOfTurn = true,
        Steering = plan,
    };

    private Task<Llama.Engine.Generation> GenerateAsync(LlamaEngine engine, SteeringSchedule? schedule) =>
        engine.GenerateAsync(Prompt, Options(schedule is null ? null : new(_fixture.Vector, schedule)), Token);
}
