using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Tests.Files;

namespace CognitiveTools.Lab.Tests.Corpora;

/// <summary>The keys of a plan that describe ProsQA problems.</summary>
public sealed class ProsCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_corpus_has_the_hops_and_nodes_that_its_keys_say()
    {
        var corpus = Read("prosqa: cot, fewestHops: 2, mostHops: 4, moreNodes: -8").ProsQa!;
        Assert.Equal(new ProsCorpus(ProsFormat.Cot, IsChains: false, 2, 4, -8), corpus);
        Assert.All(corpus.Converse(3, heldOut: false).Take(200), static conversation => Assert.InRange(conversation.Steps, 2, 4));
    }

    [Fact]
    public void Without_keys_the_sizes_are_the_published_ones() =>
        Assert.Equal(
            new ProsCorpus(ProsFormat.Direct, IsChains: false, ProsGenerator.FewestHops, ProsGenerator.MostHops, 0),
            Read("prosqa: direct").ProsQa);

    [Theory]
    [InlineData("chains: true", " chains: ", "needs prosqa")]
    [InlineData("mostHops: 4", " mostHops: ", "needs prosqa")]
    [InlineData("moreNodes: -8", " moreNodes: ", "needs prosqa")]
    [InlineData("prosqa: cot, chains: true, fewestHops: 2", " fewestHops: ", "no effect beside chains")]
    [InlineData("prosqa: cot, fewestHops: 4, mostHops: 3", " mostHops: ", "4")]
    [InlineData("prosqa: recite", " prosqa: ", "chains: true")]
    [InlineData("prosqa: verse", " prosqa: ", "'verse'")]
    public void A_key_that_is_wrong_or_has_no_effect_is_refused_by_name(string keys, params string[] named)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(keys));
        Assert.All(named, name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    private PlannedCorpus Read(string keys)
    {
        File.WriteAllText(_folder.File("plan.yaml"), $"vocabulary: v.txt\ncorpora:\n  - {{file: a.bin, seed: 1, count: 1, {keys}}}\n");
        return Assert.Single(CorpusPlan.Read(_folder.File("plan.yaml")).Corpora);
    }
}
