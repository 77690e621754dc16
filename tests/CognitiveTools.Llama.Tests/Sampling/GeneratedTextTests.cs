using System.Text;
using CognitiveTools.Llama.Sampling;
using CsCheck;

namespace CognitiveTools.Llama.Tests.Sampling;

public sealed class GeneratedTextTests
{
    private static readonly Gen<string> Texts = Gen.Char["abc∑ü"].Array[0, 30].Select(static c => new string(c));

    [Fact]
    public void Pieces_cut_anywhere_give_the_text_up_to_the_first_stop_sequence() =>
        Gen
            .Select(Texts, Gen.Char["abc∑"].Array[1, 4].Select(static c => new string(c)).Array[0, 3], Gen.Int[1, 5])
            .Sample((text, stops, cut) =>
        {
            var expected = text;
            var bytes = Encoding.UTF8.GetBytes(text);
            var generated = new GeneratedText(stops);
            var streamed = "";
            for (var i = 0; i < bytes.Length; i += cut)
            {
                var stopped = generated.Append(bytes.AsSpan(i, Math.Min(cut, bytes.Length - i)));
                streamed += Take(generated, isEnd: false);
                if (stopped)
                {
                    // A longer stop that begins earlier may still have been incomplete: the first completed one counts.
                    var seen = Math.Min(bytes.Length, i + cut);
                    var ends = stops
                        .Select(s => Encoding.UTF8.GetBytes(s))
                        .Select(s => bytes.AsSpan(0, seen).IndexOf(s))
                        .Where(static at => at >= 0);
                    expected = Encoding.UTF8.GetString(bytes, 0, ends.Min());
                    break;
                }
            }

            streamed += Take(generated, isEnd: true);
            Assert.Equal(expected, streamed);
            Assert.All(stops, s => Assert.DoesNotContain(s, streamed, StringComparison.Ordinal));
        });

    [Fact]
    public void What_may_become_a_stop_sequence_is_held_back()
    {
        var text = new GeneratedText(["STOP"]);
        Assert.False(text.Append("abcST"u8));
        Assert.Equal("abc", Take(text, isEnd: false));
        Assert.False(text.Append("A"u8));
        Assert.Equal("STA", Take(text, isEnd: false));
        Assert.True(text.Append("xSTOPy"u8));
        Assert.Equal("x", Take(text, isEnd: true));
    }

    [Fact]
    public void Half_a_character_is_held_back()
    {
        var bytes = Encoding.UTF8.GetBytes("∑");
        var text = new GeneratedText([]);
        text.Append(bytes.AsSpan(0, 2));
        Assert.Equal("", Take(text, isEnd: false));
        text.Append(bytes.AsSpan(2));
        Assert.Equal("∑", Take(text, isEnd: false));
    }

    [Fact]
    public void An_empty_stop_sequence_is_refused() => Assert.Throws<ArgumentException>(static () => new GeneratedText([""]));

    [Fact]
    public void Thoughts_and_visible_text_are_pieces_of_their_own_and_only_visible_text_is_searched_for_stops()
    {
        var text = new GeneratedText(["STOP"]);
        Assert.False(text.Append("a"u8));
        Assert.False(text.Append("STOP ST"u8, isThought: true));
        Assert.False(text.Append("OP ST"u8));
        Assert.Equal([("a", false), ("STOP ST", true), ("OP ", false)], Pieces(text, isEnd: false));
        Assert.True(text.Append("OPx"u8));
        Assert.Empty(Pieces(text, isEnd: true));
    }

    [Fact]
    public void Pieces_cut_anywhere_give_the_text_up_to_the_first_stop_sequence_before_the_mark_of_a_call() =>
        Gen.Select(Gen.Char["abc∑"].Array[0, 30], Gen.Char["ab∑"].Array[1, 3].Array[1, 3], Gen.Char["ac"].Array[1, 4], Gen.Int[1, 5])
            .Sample((characters, parts, begin, cut) =>
            {
                var (text, mark) = (new string(characters), new string(begin));
                string[] stops = [.. parts.Select(static part => new string(part))];
                var bytes = Encoding.UTF8.GetBytes(text);
                var generated = new GeneratedText(stops, marks: [mark]);
                var (streamed, isStopped) = ("", false);
                for (var i = 0; i < bytes.Length && !isStopped; i += cut)
                {
                    isStopped = generated.Append(bytes.AsSpan(i, Math.Min(cut, bytes.Length - i)));
                    streamed += Take(generated, isEnd: false);
                }

                streamed += Take(generated, isEnd: true);
                var call = text.IndexOf(mark, StringComparison.Ordinal);
                var visible = call < 0 ? text : text[..call];
                var ends = stops.Where(stop => visible.Contains(stop, StringComparison.Ordinal)).ToList();
                if (ends.Count == 0)
                    Assert.Equal(text, streamed);
                else
                    Assert.Contains(streamed, ends.Select(stop => visible[..visible.IndexOf(stop, StringComparison.Ordinal)]));
            });

    [Fact]
    public void What_may_become_a_mark_is_held_back_only_as_far_as_a_stop_sequence_may_cut()
    {
        var text = new GeneratedText(["b<t"], marks: ["<tool>"]);
        Assert.False(text.Append("ab<to"u8));
        Assert.Equal("", Take(text, isEnd: false));
        Assert.False(text.Append("ol>b<tx"u8));
        Assert.Equal("ab<tool>b<tx", Take(text, isEnd: false));
        var other = new GeneratedText(["b<t"], marks: ["<tool>"]);
        Assert.False(other.Append("ab<to"u8));
        Assert.True(other.Append("n"u8));
        Assert.Equal("a", Take(other, isEnd: true));
        var ended = new GeneratedText(["<t"], marks: ["<tool>"]);
        Assert.False(ended.Append("a<to"u8));
        Assert.Equal("a", Take(ended, isEnd: true));
    }

    private static string Take(GeneratedText text, bool isEnd) => string.Concat(Pieces(text, isEnd).Select(static piece => piece.Text));

    private static List<(string Text, bool IsThought)> Pieces(GeneratedText text, bool isEnd)
    {
        var pieces = new List<(string, bool)>();
        while (text.TryTake(isEnd, out var piece))
            pieces.Add((piece.Text, piece.IsThought));
        return pieces;
    }
}
