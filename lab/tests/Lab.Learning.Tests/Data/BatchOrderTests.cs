using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Data;

public sealed class BatchOrderTests
{
    private const int Rows = 4, Count = 402, InAnEpoch = Count / Rows;

    private static readonly Lazy<byte[]> Content = new(Write);

    [Fact]
    public void An_epoch_has_every_row_once_but_for_a_rest_smaller_than_a_batch()
    {
        var order = new BatchOrder(Corpus(), Rows, 3);
        var rows = Enumerable.Range(0, InAnEpoch).SelectMany(i => order[i].Rows).ToArray();
        Assert.Equal(InAnEpoch * Rows, rows.Distinct().Count());
    }

    [Fact]
    public void A_batch_is_the_same_whatever_was_asked_for_before()
    {
        var file = Corpus();
        var forward = new BatchOrder(file, Rows, 3);
        var wanted = Enumerable.Range(0, 2 * InAnEpoch).Select(i => forward[i].Rows).ToArray();
        Assert.NotEqual(wanted[0], wanted[InAnEpoch]); // another epoch, another order
        var backward = new BatchOrder(file, Rows, 3);
        for (var i = wanted.Length - 1; i >= 0; i -= 7)
            Assert.Equal(wanted[i], backward[i].Rows);
        Assert.NotEqual(wanted[0], new BatchOrder(file, Rows, 4)[0].Rows);
    }

    [Fact]
    public void Rows_of_a_batch_are_nearly_of_one_length()
    {
        var file = Corpus();
        var order = new BatchOrder(file, Rows, 3);
        var padded = Enumerable.Range(0, InAnEpoch).Sum(i => order[i].Positions);
        var tokens = Enumerable.Range(0, Count).Sum(file.Length);
        Assert.InRange((double)padded / tokens, 1, 1.1);
    }

    [Fact]
    public void A_corpus_smaller_than_a_batch_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new BatchOrder(Corpus(), Count + 1, 3)[0]);

    [Fact]
    public void A_damaged_corpus_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var content in (byte[][])[[], [1, 2, 3], [.. "CTCORP01"u8, 255, 255, 255, 127, 0, 0, 0, 0], .. Cut()])
        {
            File.WriteAllBytes(folder.File("damaged.bin"), content);
            var error = Assert.Throws<InvalidDataException>(() => TokenFile.Read(folder.File("damaged.bin")));
            Assert.Contains("damaged.bin", error.Message, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<byte[]> Cut() => [Content.Value[..^1], [.. Content.Value, 0]];

    private static TokenFile Corpus()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("corpus.bin"), Content.Value);
        return TokenFile.Read(folder.File("corpus.bin"));
    }

    private static byte[] Write()
    {
        using var stream = new MemoryStream();
        Training.Corpora.Corpus.Write(
            stream,
            Training.Corpora.Corpus.Converse(new CorpusOptions { Seed = 5, Count = Count }),
            MiniVocabularyBuilder.Build(numbersWhole: true));
        return stream.ToArray();
    }
}
