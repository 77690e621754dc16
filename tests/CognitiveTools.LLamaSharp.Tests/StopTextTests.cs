using CognitiveTools.LLamaSharp.Chat;
using CsCheck;

namespace CognitiveTools.LLamaSharp.Tests;

public sealed class StopTextTests
{
    [Fact]
    public void However_a_text_is_cut_into_pieces_it_ends_before_the_first_stop_sequence() =>
        Gen.Select(Letters(0, 4).Array[0, 12], Letters(1, 3).Array[0, 3]).Sample((pieces, stops) =>
        {
            var text = string.Concat(pieces);
            var stop = new StopText(stops);
            var certain = "";
            foreach (var piece in pieces)
                certain += stop.Add(piece);
            certain += stop.Rest();

            var first = stops.Select(s => text.IndexOf(s, StringComparison.Ordinal)).Where(static at => at >= 0).DefaultIfEmpty(-1).Min();
            return stop.IsFound == first >= 0
                && (first >= 0 ? text.StartsWith(certain, StringComparison.Ordinal) && !stops.Any(certain.Contains) : certain == text);
        });

    [Fact]
    public void The_beginning_of_a_stop_sequence_is_held_back_until_it_is_decided()
    {
        var stop = new StopText(["END"]);
        Assert.Equal("a", stop.Add("aE"));
        Assert.Equal("", stop.Add("N"));
        Assert.Equal("ENx", stop.Add("x"));
        Assert.Equal("", stop.Add("END"));
        Assert.True(stop.IsFound);
        Assert.Equal("", stop.Add("behind it") + stop.Rest());
    }

    private static Gen<string> Letters(int fewest, int most) =>
        Gen.Char["ab."].Array[fewest, most].Select(static letters => new string(letters));
}
