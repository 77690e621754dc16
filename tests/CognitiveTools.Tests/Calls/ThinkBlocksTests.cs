using CognitiveTools.Calls;
using CsCheck;

namespace CognitiveTools.Tests.Calls;

public sealed class ThinkBlocksTests
{
    [Theory]
    [InlineData("a<think>b</think>c", "a\nc")]
    [InlineData("a\n<think>b</think>c", "a\nc")]
    [InlineData("<think>b</think>\n<think>c</think>d", "d")]
    [InlineData("<think>b</think>\n\n  d", "d")]
    [InlineData("a<think>never closed", "a")]
    [InlineData("opened in the prompt</think>d", "d")]
    [InlineData("<THINKING>b</THINKING>c", "c")]
    [InlineData("The mark <think> is a tag. ANSWER: 3", "The mark <think> is a tag. ANSWER: 3")]
    [InlineData("The mark [THINK] is one, too", "The mark [THINK] is one, too")]
    [InlineData("I first <think>b</think>c", "I first \nc")]
    [InlineData("It is 4. <think>But", "It is 4. ")]
    [InlineData("no thought", "no thought")]
    public void Thoughts_are_removed(string text, string expected) => Assert.Equal(expected, ThinkBlocks.Remove(text));

    [Theory]
    [InlineData("a<think> b </think>c<THINK>d", "b\nd")]
    [InlineData("opened in the prompt</think>d", "opened in the prompt")]
    [InlineData("<think>e</think>opened again</think>d", "<think>e</think>opened again")]
    [InlineData("<think></think>d", "")]
    [InlineData("no thought", "")]
    public void Thoughts_come_without_their_marks(string text, string expected) => Assert.Equal(expected, ThinkBlocks.Thoughts(text));

    [Fact]
    public void Masking_keeps_length_and_line_breaks_begins_a_line_behind_each_thought_and_never_throws() =>
        Gen.OneOf("<think>", "</think>", "<thought>", "</thought>", "\n", "x", "<", "think>").Array[0, 20].Select(string.Concat).Sample(
            text =>
            {
                var masked = ThinkBlocks.Mask(text);
                Assert.Equal(text.Length, masked.Length);
                Assert.All(Enumerable.Range(0, text.Length).Where(i => text[i] == '\n'), i => Assert.Equal('\n', masked[i]));
                Assert.All(Enumerable.Range(0, text.Length), i => Assert.True(masked[i] == text[i] || masked[i] is ' ' or '\n'));
            },
            iter: 2_000);
}
