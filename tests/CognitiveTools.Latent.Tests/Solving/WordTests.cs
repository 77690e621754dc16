using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Solving;

/// <summary>Words among thoughts: what a rule feeds as text.</summary>
public class WordTests
{
    private static readonly ThoughtInput A = ThoughtInput.OfWord(2), B = ThoughtInput.OfWord(3),
        Thinking = ThoughtInput.OfEmbedding(new float[] { .1f, .2f, .3f });

    [Fact]
    public async Task Words_and_the_words_of_thoughts_begin_the_answer()
    {
        var model = new FakeLatentModel { AnswerLength = 1 };

        var reasoning = await Solves.SolveAsync(model,
            new Scripted(A, B, Thinking, ThoughtInput.OfEmbedding(new float[] { .1f, .1f, .1f }, word: 4), B, ThoughtInput.Stop), 9);

        Assert.StartsWith("abcb", reasoning.Answer, StringComparison.Ordinal);
        Assert.Equal(5, model.Tokenizer.Encode(reasoning.Answer).Length);
        Assert.Equal(["Thought", "Thought", "Said"], reasoning.Steps.Select(step => step.GetType().Name));
        Assert.Equal((2, 4), (reasoning.Usage.Latent, reasoning.Usage.Generated));
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
    }

    [Fact]
    public async Task Controls_keep_the_words_of_thoughts()
    {
        var rule = new Scripted(ThoughtInput.OfEmbedding(new float[] { .1f, .1f, .1f }, word: 4), A, ThoughtInput.EndOfTurn);

        Assert.Equal("ca", (await Solves.SolveAsync(new FakeLatentModel(), new Zeroed(rule), 9)).Answer);
        Assert.Equal("ca", (await Solves.SolveAsync(new FakeLatentModel(), new RandomDirection(rule), 9)).Answer);
        Assert.EndsWith("a", (await Solves.SolveAsync(new FakeLatentModel(), new GreedyTokens(rule), 9)).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_of_turn_leaves_the_words_as_the_answer()
    {
        var model = new FakeLatentModel();

        var reasoning = await Solves.SolveAsync(model, new Scripted(Thinking, A, B, ThoughtInput.EndOfTurn), 9, end: [7]);

        Assert.Equal(("ab", StopReason.Completed), (reasoning.Answer, reasoning.Stop));
        Assert.Equal((1, 2), (reasoning.Usage.Latent, reasoning.Usage.Generated));
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
    }

    private sealed class Scripted(params ThoughtInput[] inputs) : IThoughtRule
    {
        public bool FeedsEmbeddings => true;

        public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IThoughtState>(new State(inputs));

        private sealed class State(ThoughtInput[] inputs) : IThoughtState
        {
            private int _next;

            public ThoughtInput Next(in Prediction prediction) => inputs[_next++];
        }
    }
}
