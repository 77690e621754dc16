using CognitiveTools.Calls;
using CsCheck;

namespace CognitiveTools.Tests.Calls;

public sealed class LeadingThoughtsTests
{
    [Theory]
    [InlineData("<think>b</think>\n\nc", "b", "c")]
    [InlineData(" \n<think>b</think> <thought>d</thought>c", "b|d", "c")]
    [InlineData("[THINK]b[/THINK]c", "b", "c")]
    [InlineData("<|channel>thought\nb<channel|>c", "\nb", "c")]
    [InlineData("<seed:think>b</seed:think>c", "b", "c")]
    [InlineData("<think>never closed </thi", "never closed </thi", "")]
    [InlineData("<think>the `</think>` tag, and the </think> tag ends it</think>c", "the `</think>` tag, and the </think> tag ends it", "c")]
    [InlineData("<think></think>c", "", "c")]
    [InlineData("  c", "", "  c")]
    [InlineData("<thi", "", "<thi")]
    [InlineData("{\"mark\":\"<think>b</think>\"}", "", "{\"mark\":\"<think>b</think>\"}")]
    [InlineData("opened in the prompt</think>c", "", "opened in the prompt</think>c")]
    [InlineData("", "", "")]
    public void Thoughts_at_the_start_are_apart_however_the_text_is_cut(string text, string thoughts, string answer)
    {
        for (var size = 1; size <= Math.Max(1, text.Length); size++)
        {
            var pieces = Divide(text.Chunk(size).Select(static chunk => new string(chunk)));
            Assert.Equal(thoughts.Replace("|", "", StringComparison.Ordinal), Joined(pieces, isThought: true));
            Assert.Equal(answer, Joined(pieces, isThought: false));
        }
    }

    [Fact]
    public void Text_is_not_held_without_need()
    {
        var leading = new LeadingThoughts();
        Assert.Equal([("The", false)], leading.Take("The"));
        Assert.Equal([(" <think>", false)], leading.Take(" <think>"));

        var thinking = new LeadingThoughts();
        Assert.Equal([("So we", true)], thinking.Take("<think>So we"));
        Assert.Equal([(" add.", true)], thinking.Take(" add."));
    }

    [Fact]
    public void With_the_marks_in_its_answer_removed_it_agrees_with_the_whole_text() =>
        Gen.OneOf("<think>", "</think>", "<thought>", "</thought>", "[THINK]", "\n", " ", "x", "<", "`", " tag", "thi").Array[0, 12]
            .Sample(
                parts =>
                {
                    var text = string.Concat(parts);
                    var pieces = Divide(parts);
                    Assert.Equal(
                        Letters(ThinkBlocks.Remove(text)), Letters(ThinkBlocks.Remove(Joined(pieces, isThought: false))));
                },
                iter: 5_000);

    private static string Letters(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));

    private static string Joined(IEnumerable<(string Text, bool IsThought)> pieces, bool isThought) =>
        string.Concat(pieces.Where(piece => piece.IsThought == isThought).Select(static piece => piece.Text));

    private static List<(string Text, bool IsThought)> Divide(IEnumerable<string> parts)
    {
        var leading = new LeadingThoughts();
        return [.. parts.SelectMany(leading.Take), .. leading.Rest()];
    }
}
