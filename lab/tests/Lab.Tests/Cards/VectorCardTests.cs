using System.Security.Cryptography;
using CognitiveTools.Evals.Tests;

namespace CognitiveTools.Lab.Tests.Cards;

/// <summary>The folders of control vectors and adapters have a page with a line for each file, and it is of that file.</summary>
public sealed class VectorCardTests
{
    [Theory]
    [InlineData("steering")]
    [InlineData("adapters")]
    public void Every_file_has_a_card_with_its_hash(string name)
    {
        var folder = Path.Combine(Repository.Root, "models", name);
        var cards = File.ReadAllLines(Path.Combine(folder, "README.md"));
        var files = Directory.GetFiles(folder, "*.gguf");

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var card = Assert.Single(cards, line => line.StartsWith($"| `{Path.GetFileName(file)}` |", StringComparison.Ordinal));
            Assert.EndsWith($"| `{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}` |", card, StringComparison.Ordinal);
        });
        Assert.Equal(files.Length, cards.Count(static line => line.StartsWith("| `", StringComparison.Ordinal)));
    }
}
