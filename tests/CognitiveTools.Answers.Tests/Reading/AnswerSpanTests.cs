using CognitiveTools.Answers.Reading;
using CognitiveTools.Reasoners;
using CsCheck;

namespace CognitiveTools.Answers.Tests.Reading;

public class AnswerSpanTests
{
    [Theory]
    [InlineData("integer", "1) 3+4=7\nANSWER: 42", "42", "42")]
    [InlineData("integer", "so 7 and 42 follow, and the answer is 1,024.", "1024", "1,024")]
    [InlineData("integer", "**Final Answer:** it is 42 apples", "42", "42")]
    [InlineData("integer", "Thus \\boxed{ 17 } holds", "17", "17")]
    [InlineData("integer", "<think>ANSWER: 3</think>so\nANSWER: 9", "9", "9")]
    [InlineData("integer-lenient", "first 3, then 12 of them", "12", "12")]
    [InlineData("text", "ANSWER: **Blue whale**.", "Blue whale", "Blue whale")]
    [InlineData("expression", "ANSWER: $2\\sqrt{3}$", null, "2\\sqrt{3}")]
    public void The_span_holds_the_answer_as_it_is_written(string kind, string text, string? answer, string written)
    {
        ILocatingAnswerReader reader = AnswerKinds.Find(kind);

        var span = reader.Locate(text)!.Value;

        Assert.Equal(written, text.Substring(span.Start, span.Length));
        Assert.Equal(answer ?? reader.Read(text), span.Answer);
    }

    [Theory]
    [InlineData("integer", "no marker, only 12")]
    [InlineData("text", "")]
    public void A_text_without_an_answer_has_no_span(string kind, string text) =>
        Assert.Null(((ILocatingAnswerReader)AnswerKinds.Find(kind)).Locate(text));

    [Fact]
    public void Think_blocks_before_the_answer_move_the_span_with_it() =>
        Gen.Select(Gen.String[Gen.Char["ab<> \n7"], 0, 20], Gen.String[Gen.Char["xy \n"], 0, 20], Gen.Int[0, 9999])
            .Sample((thought, before, number) =>
        {
            var text = $"{before}<think>{thought}</think>{before}\nANSWER: {number}";
            var span = AnswerKinds.Integer.Locate(text)!.Value;
            Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), text.Substring(span.Start, span.Length));
        });
}
