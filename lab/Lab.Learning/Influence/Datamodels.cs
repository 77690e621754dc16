using System.Text.Json.Nodes;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// The linear datamodelling score (Park et al., arXiv 2303.14186): for each query the rank correlation, over random halves of records, of
/// the half's summed scores with minus the loss of a network that was trained on the half.
/// </summary>
/// <param name="corpora">Records and queries.</param>
/// <param name="retraining">Trains.</param>
/// <param name="options">How many halves.</param>
internal sealed class Datamodels(StudyCorpora corpora, Retraining retraining, StudyOptions options)
{
    private const int Seed = 1;

    /// <summary>For each method and kind of query the mean, and its standard error over the queries.</summary>
    /// <param name="scores">By method, <c>[query][record]</c>.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public JsonObject Measure(IReadOnlyDictionary<string, double[][]> scores, CancellationToken cancellationToken)
    {
        var halves = Enumerable.Range(0, options.Subsets).Select(Half).ToArray();
        var losses = Array.ConvertAll(halves, half => retraining.On(half, Seed, cancellationToken).Losses);
        return new JsonObject(scores.Select(method => KeyValuePair.Create(method.Key, (JsonNode?)new JsonObject(
            corpora.Kinds.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)Mean(method.Value, kind.Queries)))))));

        JsonObject Mean(double[][] matrix, int[] queries)
        {
            double[] known = [.. queries.Select(query => Score(matrix[query], halves, [.. losses.Select(all => all[query])]))
                .Where(double.IsFinite)];
            return new JsonObject
            {
                ["halves"] = halves.Length,
                ["queries"] = known.Length,
                ["mean"] = known.Length == 0 ? null : StudyCorpora.Number(known.Average()),
                ["standardError"] = known.Length == 0
                    ? null
                    : StudyCorpora.Number(Removals.Deviation(known) / Math.Sqrt(known.Length)),
            };
        }
    }

    /// <summary>The score of one query.</summary>
    /// <param name="scores">Of each record.</param>
    /// <param name="parts">The records of each part.</param>
    /// <param name="losses">The query's loss after training on each part.</param>
    internal static double Score(double[] scores, IReadOnlyList<int[]> parts, IReadOnlyList<double> losses) => Correlation.Spearman(
        [.. parts.Select(part => part.Sum(record => scores[record]))], [.. losses.Select(static loss => -loss)]);

    private int[] Half(int number)
    {
        int[] rows = [.. Enumerable.Range(0, corpora.Records.Length)];
        SeededRandom.For(Seed, $"half {number}").Shuffle<int>(rows);
        return [.. rows.Take(rows.Length / 2).Order()];
    }
}
