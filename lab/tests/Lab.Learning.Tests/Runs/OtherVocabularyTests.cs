using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Tests.Runs;

public sealed class OtherVocabularyTests
{
    private static readonly MiniVocabulary Words = ProsVocabulary.Build();

    private static readonly MiniVocabulary Other = MiniVocabularyBuilder.Build(numbersWhole: true);

    [Fact]
    public void Tokens_begin_as_the_same_tokens_and_new_words_as_numbers()
    {
        var rows = OtherVocabulary.Rows(Words, Other);

        Assert.Equal(Words.Count, rows.Count);
        foreach (var same in (string[])[MiniVocabulary.LatentStart, "A", "cot", "assistant\n"])
            Assert.Equal(same, Other.Tokens[rows[Id(same)]!.Value]);
        string[] words = [.. Words.Tokens.Where(static token => token.Length > 2 && token.All(char.IsLetter) && char.IsUpper(token[0]))
            .Order(StringComparer.Ordinal)];
        Assert.Contains("Alex", words);
        Assert.Equal("1", Other.Tokens[rows[Id("Alex")]!.Value]);
        Assert.Equal("2", Other.Tokens[rows[Id("Carol")]!.Value]); // Ben is known
        Assert.Null(rows[Id(" is a ")]);

        static int Id(string token) => Words.Tokens.ToList().IndexOf(token);
    }

    [Fact]
    public void Weights_of_another_vocabulary_fill_all_but_the_rows_of_new_tokens()
    {
        using var folder = new TemporaryFolder();
        var shape = new DecoderShape(Other.Count, 16, 1, 2, 16, 64);
        using var from = new Decoder(shape, SeededRandom.For(1, "weights"));
        using var to = new Decoder(shape with { Vocabulary = Words.Count }, SeededRandom.For(2, "weights"));
        WeightsFile.Save(from, folder.File("from.safetensors"));
        var rows = OtherVocabulary.Rows(Words, Other);
        var drawn = WeightsFile.Floats(to.Embedding);

        WeightsFile.Load(to, folder.File("from.safetensors"), rows);

        var (old, now) = (WeightsFile.Floats(from.Embedding), WeightsFile.Floats(to.Embedding));
        for (var token = 0; token < rows.Count; token++)
            Assert.Equal(
                rows[token] is { } row ? old[(row * 16)..(row * 16 + 16)] : drawn[(token * 16)..(token * 16 + 16)],
                now[(token * 16)..(token * 16 + 16)]);
        Assert.Equal(
            from.Weights.Skip(1).Select(static named => WeightsFile.Floats(named.Value)),
            to.Weights.Skip(1).Select(static named => WeightsFile.Floats(named.Value)));
        Assert.Throws<InvalidDataException>(() => WeightsFile.Load(to, folder.File("from.safetensors")));
    }
}
