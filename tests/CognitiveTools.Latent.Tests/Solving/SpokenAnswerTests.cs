using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Solving;

/// <summary>The text of a latent solve, reported while it is generated.</summary>
public sealed class SpokenAnswerTests
{
    [Fact]
    public async Task The_words_after_the_thoughts_are_the_answer()
    {
        var heard = new List<TextPiece>();
        var reasoning = await Solves.SolveAsync(
            new FakeLatentModel { AnswerLength = 3 }, Solves.Norm, 2, Solves.SixTokens with { TextObserver = new Listener(heard) });
        Assert.Equal(reasoning.Answer, string.Concat(heard.Select(piece => piece.Text)));
        Assert.All(heard, piece => Assert.Equal((true, null), (piece.IsAnswer, piece.Sample)));
    }

    [Fact]
    public async Task Trajectories_say_which_they_are_and_none_is_the_answer_yet()
    {
        var heard = new List<TextPiece>();
        var setup = Solves.Setup(2) with { Width = 3, Choice = BranchChoice.Vote(new FirstLetter()) };
        var reasoning = await new LatentReasoner(new FakeLatentModel { AnswerLength = 3 }, Solves.Norm, setup).SolveAsync(
            new Question("q1", "abc"), Solves.SixTokens with { TextObserver = new Listener(heard) }, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2], heard.Select(piece => piece.Sample).Distinct().Order());
        Assert.DoesNotContain(heard, piece => piece.IsAnswer);
        Assert.Equal(
            reasoning.Steps.OfType<Branch>().Select(branch => branch.Text),
            heard.GroupBy(piece => piece.Sample).OrderBy(group => group.Key).Select(g => string.Concat(g.Select(piece => piece.Text))));
    }

    private sealed class Listener(List<TextPiece> heard) : IProgress<TextPiece>
    {
        public void Report(TextPiece value)
        {
            lock (heard)
                heard.Add(value);
        }
    }

    private sealed class FirstLetter : IAnswerReader
    {
        public string? Read(string text) => text.Length == 0 ? null : text[..1];
    }
}
