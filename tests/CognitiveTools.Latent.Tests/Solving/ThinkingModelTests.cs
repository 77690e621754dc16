using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Solving;

/// <summary>Latent reasoning on a model that writes thoughts of its own, in marks.</summary>
public class ThinkingModelTests
{
    private const int Open = 6, Close = 7;

    private static readonly ThoughtInput A = ThoughtInput.OfWord(2), B = ThoughtInput.OfWord(3), C = ThoughtInput.OfWord(4),
        Closing = ThoughtInput.OfWord(Close), Silent = ThoughtInput.OfEmbedding(new float[] { .1f, .2f, .3f });

    private static FakeLatentModel Model => new() { ThoughtMarks = (Open, Close), AnswerLength = 2 };

    [Fact]
    public async Task Words_up_to_the_closing_mark_are_thoughts_and_are_counted()
    {
        var reasoning = await SolveAsync(Model, [A, Silent, B, Closing, C, ThoughtInput.EndOfTurn], begin: [Open]);

        Assert.Equal(("c", StopReason.Completed), (reasoning.Answer, reasoning.Stop));
        Assert.Equal("ab", Assert.Single(reasoning.Steps.OfType<Said>()).Thoughts);
        Assert.Equal((1, 4, 3), (reasoning.Usage.Latent, reasoning.Usage.Generated, reasoning.Usage.ThoughtTokens));
    }

    [Fact]
    public async Task A_word_that_was_fed_as_a_mixture_is_text_and_no_generated_token()
    {
        var mixed = ThoughtInput.OfEmbedding(new float[] { .1f, .2f, .3f }, word: 2);

        var reasoning = await SolveAsync(Model, [mixed, B, ThoughtInput.EndOfTurn], begin: [Open]);

        Assert.Equal("ab", Assert.Single(reasoning.Steps.OfType<Said>()).Thoughts);
        Assert.Equal((1, 1, 1), (reasoning.Usage.Latent, reasoning.Usage.Generated, reasoning.Usage.ThoughtTokens));
        Assert.Contains("the model ended its turn without any text", reasoning.Notes);
    }

    [Fact]
    public async Task A_continuation_that_is_cut_in_its_thought_is_no_answer()
    {
        var options = new SolveOptions { Budget = new Budget { TokensPerTurn = 1, ThoughtTokens = 1 } };

        var reasoning = await SolveAsync(
            new FakeLatentModel { ThoughtMarks = (Open, Close) }, [Silent, ThoughtInput.Stop], begin: [Open], options: options);

        Assert.Equal(("", StopReason.TokenLimit), (reasoning.Answer, reasoning.Stop));
        Assert.Equal(["thoughtTokens"], reasoning.LimitsHit);
        Assert.Equal(2, reasoning.Usage.ThoughtTokens);
    }

    [Fact]
    public async Task The_mark_behind_the_latent_thoughts_closes_the_thought_before_them()
    {
        var closed = await SolveAsync(Model, [Silent, ThoughtInput.Stop], begin: [Open], end: [Close]);
        var open = await SolveAsync(Model, [Silent, ThoughtInput.Stop], begin: [Open]);

        Assert.Equal((2, 0), (closed.Answer.Length, closed.Usage.ThoughtTokens));
        Assert.Equal((0, 2), (open.Answer.Length, open.Usage.ThoughtTokens));
    }

    [Fact]
    public async Task Words_that_left_the_cache_stay_in_the_text_and_open_nothing()
    {
        var rule = new CacheDropped(new Given([A, ThoughtInput.OfWord(Open), B, Silent, ThoughtInput.Stop]));

        var reasoning = await SolveAsync(Model, rule, [], [], null);

        Assert.StartsWith("a", reasoning.Answer, StringComparison.Ordinal);
        Assert.Equal(3, reasoning.Answer.Length);
        Assert.Equal("b", Assert.Single(reasoning.Steps.OfType<Said>()).Thoughts);
    }

    [Fact]
    public async Task Thoughts_are_reported_as_thoughts()
    {
        var heard = new List<TextPiece>();
        var options = Solves.SixTokens with { TextObserver = new Listener(heard) };

        var reasoning = await SolveAsync(Model, [A, B, Closing, C, ThoughtInput.Stop], begin: [Open], options: options);

        Assert.Equal("ab", string.Concat(heard.Where(piece => piece.IsThought).Select(piece => piece.Text)));
        Assert.Equal(reasoning.Answer, string.Concat(heard.Where(piece => !piece.IsThought).Select(piece => piece.Text)));
        Assert.All(heard, piece => Assert.Equal(!piece.IsThought, piece.IsAnswer));
    }

    [Fact]
    public async Task A_choice_among_trajectories_sees_their_visible_text_alone()
    {
        var setup = Solves.Setup(1, begin: [Open], end: [Close]) with { Width = 3, Choice = BranchChoice.Confidence };

        var reasoning = await new LatentReasoner(Model, new Given([Silent, ThoughtInput.Stop]), setup).SolveAsync(
            new Question("q", "abc"), Solves.SixTokens, TestContext.Current.CancellationToken);
        var thinking = await new LatentReasoner(
            Model, new Given([Silent, ThoughtInput.Stop]), setup with { EndTokens = [] }).SolveAsync(
            new Question("q", "abc"), Solves.SixTokens, TestContext.Current.CancellationToken);

        Assert.All(reasoning.Steps.OfType<Branch>(), branch => Assert.True(branch is { Text.Length: 2, Confidence: > 0 }));
        Assert.All(thinking.Steps.OfType<Branch>(), branch => Assert.Equal(("", 0.0), (branch.Text, branch.Confidence!.Value)));
    }

    private static Task<Reasoning> SolveAsync(
        FakeLatentModel model, ThoughtInput[] inputs, int[]? begin = null, int[]? end = null, SolveOptions? options = null) =>
        SolveAsync(model, new Given(inputs), begin, end, options);

    private static Task<Reasoning> SolveAsync(
        FakeLatentModel model, IThoughtRule rule, int[]? begin, int[]? end, SolveOptions? options) =>
        Solves.SolveAsync(model, rule, 9, options, begin: begin, end: end);

    private sealed class Listener(List<TextPiece> heard) : IProgress<TextPiece>
    {
        public void Report(TextPiece value)
        {
            lock (heard)
                heard.Add(value);
        }
    }

    private sealed class Given(ThoughtInput[] inputs) : IThoughtRule
    {
        public bool FeedsEmbeddings => true;

        public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IThoughtState>(new State(inputs));

        private sealed class State(ThoughtInput[] inputs) : IThoughtState
        {
            private int _next;

            public ThoughtInput Next(in Latents.Prediction prediction) => inputs[Math.Min(_next++, inputs.Length - 1)];
        }
    }
}
