using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>Records and queries of a study.</summary>
/// <param name="Records">What is learned.</param>
/// <param name="Queries">What is asked.</param>
internal sealed record StudyCorpora(MixtureRow[] Records, MixtureRow[] Queries)
{
    /// <summary>Names of both kinds, and the queries that are of each.</summary>
    public IEnumerable<(string Name, bool IsFact, int[] Queries)> Kinds
    {
        get
        {
            yield return ("procedures", false, Of(isFact: false));
            yield return ("facts", true, Of(isFact: true));
        }
    }

    /// <summary>A number as the file has it; one that is none, as of a correlation of constants, is null.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? Math.Round(value, 5) : null;

    private int[] Of(bool isFact) => [.. Enumerable.Range(0, Queries.Length).Where(query => Queries[query].IsFact == isFact)];
}
