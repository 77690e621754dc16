using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CsCheck;

namespace CognitiveTools.Lab.Tests.Generation;

public sealed class MiniVocabularyTests
{
    private static readonly MiniVocabulary Vocabulary = MiniVocabularyBuilder.Build(numbersWhole: true);

    [Fact]
    public void Any_text_comes_back_from_its_tokens() =>
        Gen.String.Where(text => !text.Any(char.IsSurrogate)).Sample(text => Vocabulary.Decode(Vocabulary.Encode(text)) == text);

    [Theory]
    [InlineData("0")]
    [InlineData("42")]
    [InlineData("999")]
    public void A_number_is_one_token(string number) => Assert.Single(Vocabulary.Encode(number));

    [Fact]
    public void A_control_token_written_out_in_text_stays_text() =>
        Assert.DoesNotContain(Vocabulary.Control(MiniVocabulary.MessageEnd), Vocabulary.Encode("<|im_end|>"));

    [Fact]
    public void A_broken_escape_names_its_line() =>
        Assert.Contains("line 1", Assert.Throws<FormatException>(() => MiniVocabulary.Parse("\\q\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_vocabulary_without_all_bytes_is_refused() =>
        Assert.Throws<ArgumentException>(() => new MiniVocabulary([.. MiniVocabulary.Controls, "a"]));
}
