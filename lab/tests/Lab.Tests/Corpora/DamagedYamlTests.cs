using System.Text;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Training.Cards;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Tests.Files;
using CsCheck;

namespace CognitiveTools.Lab.Tests.Corpora;

/// <summary>Damaged cards and corpus plans: whatever is wrong with them, the documented exception says where.</summary>
public sealed class DamagedYamlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_cards_are_refused_or_read() =>
        Mutate(Files("models", "*.card.yaml"), text => ModelCardFile.Parse(text, "model.card.yaml"));

    [Fact]
    public void Damaged_corpus_plans_are_refused_or_read() => Mutate(Files("models/training", "corpora.yaml"), text =>
    {
        File.WriteAllBytes(_folder.File("corpora.yaml"), Encoding.UTF8.GetBytes(text)); // lone surrogates become U+FFFD
        CorpusPlan.Read(_folder.File("corpora.yaml"));
    });

    private static void Mutate(string[] texts, Action<string> read) => Gen.OneOf([.. texts.Select(TextMutations.Of)]).Sample(
        text =>
        {
            try
            {
                read(text);
            }
            catch (InvalidDataException)
            {
                // documented
            }
        },
        iter: 1500, threads: 1);

    private static string[] Files(string folder, string pattern)
    {
        string[] texts =
            [.. Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        Assert.NotEmpty(texts);
        return texts;
    }
}
