using CognitiveTools.Calls;
using CsCheck;

namespace CognitiveTools.Tests.Calls;

public sealed class ThoughtSplitterTests
{
    [Theory]
    [InlineData("<think>b</think>\n\nc", "b", "c")]
    [InlineData(" \n<think>b</think> <thought>d</thought>c", "bd", "c")]
    [InlineData("[THINK]b[/THINK]c", "b", "c")]
    [InlineData("<|channel>thought\nb<channel|>c", "\nb", "c")]
    [InlineData("<seed:think>b</seed:think>c", "b", "c")]
    [InlineData("<think>never closed </thi", "never closed </thi", "")]
    [InlineData("<think>the `</think>` and the </think> tag end it</think>c", "the `</think>` and the </think> tag end it", "c")]
    [InlineData("<think></think>c", "", "c")]
    [InlineData("  c", "", "  c")]
    [InlineData("<thi", "", "<thi")]
    [InlineData("The `<think>` tag", "", "The `<think>` tag")]
    [InlineData("opened in the prompt</think>c", "", "opened in the prompt</think>c")]
    [InlineData("", "", "")]
    public void Thoughts_are_apart_however_the_text_is_cut(string text, string thoughts, string answer)
    {
        for (var size = 1; size <= Math.Max(1, text.Length); size++)
        {
            foreach (var startOnly in new[] { true, false })
                Assert.Equal((thoughts, answer), Apart(Divide(Cut(text, size), startOnly)));
        }
    }

    [Theory]
    [InlineData("a<think>b</think>c", "b", "a\nc")]
    [InlineData("a\n<think>b</think>\nc", "b", "a\n\nc")]
    [InlineData("{\"mark\":\"x<think>b</think>\"}", "b", "{\"mark\":\"x\n\"}")]
    public void Thoughts_within_the_answer_count_unless_only_the_start_does(string text, string thoughts, string answer)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            Assert.Equal((thoughts, answer), Apart(Divide(Cut(text, size), startOnly: false)));
            Assert.Equal(("", text), Apart(Divide(Cut(text, size), startOnly: true)));
        }

        Assert.Equal(answer, ThinkBlocks.Remove(text));
    }

    [Fact]
    public void Text_is_not_held_without_need()
    {
        var answering = new ThoughtSplitter(startOnly: false);
        Assert.Equal([("The", false)], answering.Take("The"));
        Assert.Equal([(" sum < 3", false)], answering.Take(" sum < 3"));

        var thinking = new ThoughtSplitter(startOnly: true);
        Assert.Equal([("So we", true)], thinking.Take("<think>So we"));
        Assert.Equal([(" add.", true)], thinking.Take(" add."));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_it_leaves_in_the_answer_the_whole_text_shows(bool startOnly) =>
        Gen.OneOf("<think>", "</think>", "<thinking>", "</thinking>", "[THINK]", "\n", "x", "<", "`", " tag", "thi").Array[0, 12]
            .Sample(
                parts =>
                {
                    var answer = Apart(Divide(parts, startOnly)).Answer;
                    Assert.Equal(Letters(ThinkBlocks.Remove(string.Concat(parts))), Letters(ThinkBlocks.Remove(answer)));
                },
                iter: 20_000);

    private static string Letters(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));

    private static IEnumerable<string> Cut(string text, int size) => text.Chunk(size).Select(static chunk => new string(chunk));

    private static (string Thoughts, string Answer) Apart(IReadOnlyList<(string Text, bool IsThought)> pieces) =>
        (string.Concat(pieces.Where(static piece => piece.IsThought).Select(static piece => piece.Text)),
            string.Concat(pieces.Where(static piece => !piece.IsThought).Select(static piece => piece.Text)));

    private static List<(string Text, bool IsThought)> Divide(IEnumerable<string> parts, bool startOnly)
    {
        var thoughts = new ThoughtSplitter(startOnly);
        return [.. parts.SelectMany(thoughts.Take), .. thoughts.Rest()];
    }
}
