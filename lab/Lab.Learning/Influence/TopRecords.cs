using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// What the best records of a query are: whether one of them says the answer, also without a record of the query's own text, how often
/// that would come about by chance, and how many are of the query's kind, procedure or fact.
/// </summary>
internal static class TopRecords
{
    /// <summary>Means over the queries of each kind, for each number of best records.</summary>
    public static JsonObject Of(double[][] scores, StudyCorpora corpora, IReadOnlyList<int> tops)
    {
        var order = Array.ConvertAll(scores, static row => Enumerable.Range(0, row.Length).OrderByDescending(i => row[i]).ToArray());
        return new JsonObject(corpora.Kinds.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)new JsonObject(
            tops.Select(top => KeyValuePair.Create($"{top}", (JsonNode?)Best(kind.Queries, top)))))));

        JsonObject Best(int[] asked, int top)
        {
            var all = corpora.Records;
            return new JsonObject
            {
                ["answer"] = Mean(static (query, record) => record.Says(query.Answer)),
                ["answerElsewhere"] = Mean(Elsewhere),
                ["answerByChance"] = StudyCorpora.Number(asked.Average(query =>
                    Chance(all.Length, all.Count(record => record.Says(corpora.Queries[query].Answer)), top))),
                ["answerElsewhereByChance"] = StudyCorpora.Number(asked.Average(query =>
                    Chance(all.Length, all.Count(record => Elsewhere(corpora.Queries[query], record)), top))),
                ["ofKind"] = Share(static (query, record) => record.IsFact == query.IsFact),
                ["ofGroup"] = Share(static (query, record) => record.IsFact == query.IsFact && record.Group == query.Group),
            };

            JsonNode? Mean(Func<MixtureRow, MixtureRow, bool> holds) => StudyCorpora.Number(asked.Average(query =>
                order[query].Take(top).Any(record => holds(corpora.Queries[query], all[record])) ? 1.0 : 0));

            JsonNode? Share(Func<MixtureRow, MixtureRow, bool> holds) => StudyCorpora.Number(asked.Average(query =>
                order[query].Take(top).Average(record => holds(corpora.Queries[query], all[record]) ? 1.0 : 0)));
        }
    }

    /// <summary>The chance that some of so many records, drawn without looking, are among the best.</summary>
    /// <param name="records">All records.</param>
    /// <param name="wanted">Records that would do.</param>
    /// <param name="top">Records drawn.</param>
    internal static double Chance(int records, int wanted, int top)
    {
        var none = 1.0;
        for (var drawn = 0; drawn < Math.Min(top, records); drawn++)
            none *= Math.Max(0, (double)(records - wanted - drawn) / (records - drawn));
        return 1 - none;
    }

    private static bool Elsewhere(MixtureRow query, MixtureRow record) => record.Question != query.Question && record.Says(query.Answer);
}
