using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// How alike the influences on two queries are, by what the queries share: Pearson's correlation over all records, as Ruis et al.,
/// arXiv 2411.12580, have it, and Spearman's, in which the few largest scores do not decide.
/// </summary>
internal static class PairCorrelations
{
    /// <summary>What two queries may share.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["same procedure", "other procedure", "same fact", "other fact", "procedure and fact"];

    /// <summary>Means over the pairs of queries, by kind.</summary>
    public static JsonObject Of(double[][] scores, MixtureRow[] queries)
    {
        var ranks = Array.ConvertAll(scores, static row => Correlation.Ranks(row));
        var found = Kinds.ToDictionary(static kind => kind, static _ => new List<(double, double)>(), StringComparer.Ordinal);
        for (var a = 0; a < queries.Length; a++)
        {
            for (var b = a + 1; b < queries.Length; b++)
                found[KindOf(queries[a], queries[b])].Add(
                    (Correlation.Pearson(scores[a], scores[b]), Correlation.Pearson(ranks[a], ranks[b])));
        }

        return new JsonObject(found.Where(static kind => kind.Value.Count > 0).Select(static kind => KeyValuePair.Create(
            kind.Key,
            (JsonNode?)new JsonObject
            {
                ["pairs"] = kind.Value.Count,
                ["pearson"] = StudyCorpora.Number(kind.Value.Average(static pair => pair.Item1)),
                ["spearman"] = StudyCorpora.Number(kind.Value.Average(static pair => pair.Item2)),
            })));
    }

    private static string KindOf(MixtureRow one, MixtureRow other) => (one.IsFact, other.IsFact, one.Group == other.Group) switch
    {
        (false, false, true) => Kinds[0],
        (false, false, false) => Kinds[1],
        (true, true, true) => Kinds[2],
        (true, true, false) => Kinds[3],
        _ => Kinds[4],
    };
}
