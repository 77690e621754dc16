using CognitiveTools.Files;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>What a corpus of ProsQA problems has, as a <see cref="CorpusPlan"/> says it.</summary>
/// <param name="Format">What a conversation says.</param>
/// <param name="IsChains">Whether the graphs are two chains, in which nothing has to be searched.</param>
/// <param name="FewestHops">Hops at least.</param>
/// <param name="MostHops">Hops at most.</param>
/// <param name="MoreNodes">Nodes beyond the published ones; negative for smaller graphs.</param>
internal sealed record ProsCorpus(ProsFormat Format, bool IsChains, int FewestHops, int MostHops, int MoreNodes)
{
    /// <summary>The key of a corpus that says the format.</summary>
    public const string Key = "prosqa";

    private const string Chains = "chains";

    private static readonly string[] OfGraphs = ["fewestHops", "mostHops", "moreNodes"];

    /// <summary>The keys that belong to ProsQA.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Key, Chains, .. OfGraphs];

    /// <summary>Reads the keys of a corpus; <see langword="null"/> when it has none of them.</summary>
    /// <exception cref="InvalidDataException">A key is wrong, or would have no effect; the message names it.</exception>
    public static ProsCorpus? Read(YamlMap corpus)
    {
        if (corpus.Text(Key) is not { } name)
        {
            return Keys.FirstOrDefault(corpus.Keys.Contains) is { } alone
                ? throw corpus.Wrong(alone, $"needs {Key}: cot, direct or recite.")
                : null;
        }

        var isChains = corpus.Flag(Chains) ?? false;
        if (isChains && OfGraphs.FirstOrDefault(corpus.Keys.Contains) is { } key)
            throw corpus.Wrong(key, $"has no effect beside {Chains}: true; leave one of them out.");
        var format = name switch
        {
            "cot" => ProsFormat.Cot,
            "direct" => ProsFormat.Direct,
            "recite" when isChains => ProsFormat.Recite,
            "recite" => throw corpus.Wrong(Key, $"recite needs {Chains}: true, where each noun leads to one other."),
            _ => throw corpus.Wrong(Key, $"'{name}' is not a format of ProsQA; there are cot, direct and recite."),
        };
        var fewest = corpus.Whole("fewestHops", 1) ?? ProsGenerator.FewestHops;
        return new ProsCorpus(
            format,
            isChains,
            fewest,
            corpus.Whole("mostHops", fewest) ?? Math.Max(fewest, ProsGenerator.MostHops),
            corpus.Whole("moreNodes", ProsGenerator.FewestMoreNodes) ?? 0);
    }

    /// <summary>The conversations in it, without end.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="heldOut">Problems never trained on, or problems to train on.</param>
    public IEnumerable<Conversation> Converse(ulong seed, bool heldOut)
    {
        var generator = new ProsGenerator(seed, heldOut);
        var random = SeededRandom.For(seed, "recited");
        return (IsChains ? generator.DrawChains() : generator.Draw(FewestHops, MostHops, MoreNodes)).Select(problem =>
            Format == ProsFormat.Recite ? problem.Recite(random) : problem.Converse(reasons: Format == ProsFormat.Cot));
    }
}
