using System.Text.Json.Nodes;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// What becomes of the queries of a kind when the network is trained again without the records that the scores call best for them, without
/// the worst, without as many drawn ones, and without as many drawn ones of the same kind.
/// </summary>
/// <param name="corpora">Records and queries.</param>
/// <param name="retraining">Trains.</param>
/// <param name="options">How many records and seeds.</param>
internal sealed class Removals(StudyCorpora corpora, Retraining retraining, StudyOptions options)
{
    /// <summary>For each kind of query and each part that was left out: differences to networks that learned all, means of seeds.</summary>
    /// <param name="scores">By method, <c>[query][record]</c>.</param>
    /// <param name="whole">By seed: networks that learned all.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public JsonArray Measure(
        IReadOnlyDictionary<string, double[][]> scores, IReadOnlyDictionary<int, Retrained> whole, CancellationToken cancellationToken)
    {
        var found = new JsonArray();
        foreach (var kind in corpora.Kinds)
        {
            foreach (var (method, matrix) in scores)
            {
                var order = Order(matrix, kind.Queries);
                Add(method, "top", _ => order.Take(options.Removed));
                Add(method, "bottom", _ => order.Reverse().Take(options.Removed));
            }

            Add("none", "random", seed => Drawn(seed, static _ => true));
            Add("none", "random of the kind", seed => Drawn(seed, record => record.IsFact == kind.IsFact));

            void Add(string method, string part, Func<int, IEnumerable<int>> left)
            {
                var measured = whole.Keys.Select(seed => (
                    Whole: whole[seed], Part: retraining.On(Without(left(seed)), seed, cancellationToken))).ToArray();
                var losses = measured.Select(pair => kind.Queries.Average(i => pair.Part.Losses[i] - pair.Whole.Losses[i])).ToArray();
                found.Add(new JsonObject
                {
                    ["queries"] = kind.Name,
                    ["method"] = method,
                    ["removed"] = part,
                    ["records"] = options.Removed,
                    ["lossDifference"] = StudyCorpora.Number(losses.Average()),
                    ["lossDeviation"] = StudyCorpora.Number(Deviation(losses)),
                    ["exactDifference"] = StudyCorpora.Number(measured.Average(pair =>
                        Exact(pair.Part, kind.Queries) - Exact(pair.Whole, kind.Queries))),
                    ["bySeed"] = new JsonArray([.. losses.Select(StudyCorpora.Number)]),
                });
            }
        }

        return found;
    }

    /// <summary>The records by their mean score for some queries, best first.</summary>
    internal static int[] Order(double[][] matrix, IReadOnlyList<int> queries) => [.. Enumerable.Range(0, matrix[0].Length)
        .OrderByDescending(record => queries.Average(query => matrix[query][record]))];

    /// <summary>The share of some queries that is answered exactly.</summary>
    internal static double Exact(Retrained measured, IEnumerable<int> queries) => queries.Average(i => measured.Exact[i] ? 1.0 : 0);

    /// <summary>The standard deviation of a sample; 0 of a single value.</summary>
    internal static double Deviation(double[] values)
    {
        var mean = values.Average();
        return values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private IEnumerable<int> Drawn(int seed, Func<MixtureRow, bool> among)
    {
        int[] rows = [.. Enumerable.Range(0, corpora.Records.Length).Where(row => among(corpora.Records[row]))];
        SeededRandom.For((ulong)seed, "records left out").Shuffle<int>(rows);
        return rows.Take(options.Removed);
    }

    private int[] Without(IEnumerable<int> left) => [.. Enumerable.Range(0, corpora.Records.Length).Except(left)];
}
