using CognitiveTools.Evals.Runs;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Runs;

public sealed class UnitTextTests
{
    private readonly UnitText _text = new(started: 0);

    [Fact]
    public void Pieces_of_one_kind_are_one_part_and_calls_stand_between_them()
    {
        Say("First ");
        Say("part.");
        _text.Report(new Called("examine_answer", "{}", "Answered", "It is right."));
        _text.Report(new Said("First part.")); // came in pieces
        Say("Hm. ", isThought: true);
        Say("ANSWER: 3");

        Assert.Equal(
            [
                (TextPartKind.Said, "First part."), (TextPartKind.Called, "examine_answer: It is right.\n"),
                (TextPartKind.Thought, "Hm. "), (TextPartKind.Said, "ANSWER: 3"),
            ],
            _text.Read().Parts.Select(static p => (p.Kind, p.Text)));
    }

    [Fact]
    public void Samples_that_speak_in_turns_are_kept_apart()
    {
        foreach (var piece in new[] { "a", "b", "c" })
        {
            _text.Report(new TextPiece(piece, IsThought: false) { Sample = 1 });
            _text.Report(new TextPiece(piece, IsThought: false) { Sample = 0 });
        }

        Assert.Equal([(0, "abc"), (1, "abc")], _text.Read().Parts.Select(static p => (p.Sample!.Value, p.Text)));
    }

    [Fact]
    public void Latent_steps_are_counted()
    {
        for (var i = 0; i < 3; i++)
            _text.Report(new Thought(i, "embedding", 1, 1, []));

        Assert.Equal([(TextPartKind.Latent, 3)], _text.Read().Parts.Select(static p => (p.Kind, p.Count)));
    }

    [Fact]
    public void The_end_of_a_long_text_is_kept_and_the_rest_is_counted()
    {
        var all = "";
        for (var i = 0; i < 2000; i++)
        {
            var piece = FormattableString.Invariant($"{i} ");
            all += piece;
            Say(piece, isThought: i < 1000);
        }

        var (parts, leftOut) = _text.Read();
        var kept = string.Concat(parts.Select(static p => p.Text));

        Assert.EndsWith(kept, all, StringComparison.Ordinal);
        Assert.Equal(all.Length, kept.Length + leftOut);
        Assert.InRange(kept.Length, UnitText.Kept, 2 * UnitText.Kept);
    }

    [Fact]
    public void A_piece_that_is_longer_than_what_is_kept_is_cut()
    {
        Say("before");
        Say(new string('x', 10_000));

        var (parts, leftOut) = _text.Read();

        Assert.Equal(UnitText.Kept, Assert.Single(parts).Text.Length);
        Assert.Equal(10_006 - UnitText.Kept, leftOut);
    }

    private void Say(string text, bool isThought = false) => _text.Report(new TextPiece(text, isThought));
}
