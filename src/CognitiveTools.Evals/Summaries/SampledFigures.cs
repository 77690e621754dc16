using System.Text.Json.Serialization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Summaries;

/// <summary>What k samples of an arm would show, averaged over problems. NaN when a problem has fewer than k samples.</summary>
/// <param name="K">Samples drawn.</param>
/// <param name="Pass">At least one is correct (pass@k).</param>
/// <param name="All">All are correct (pass^k).</param>
/// <param name="Half">At least half are correct (G-Pass@k at 0.5).</param>
/// <param name="Majority">Their majority vote is correct (maj@k), ties by their share.</param>
public sealed record SampledFigures(
    int K,
    double Pass,
    [property: JsonPropertyName("pass_all")] double All,
    [property: JsonPropertyName("g_pass_half")] double Half,
    [property: JsonPropertyName("maj")] double Majority)
{
    /// <summary>Figures for k = 1, 2, 4, ... and the number of samples.</summary>
    internal static IReadOnlyList<SampledFigures> Of(IReadOnlyList<AnswerCounts> problems, int samples) =>
    [
        .. Powers(samples).Select(k => new SampledFigures(
            k,
            problems.Average(p => PassAtK.Any(p.Samples, p.Correct, k)),
            problems.Average(p => PassAtK.All(p.Samples, p.Correct, k)),
            problems.Average(p => PassAtK.AtLeast(p.Samples, p.Correct, k, 0.5)),
            problems.Average(p => p.Majority(k)))),
    ];

    private static IEnumerable<int> Powers(int samples)
    {
        for (var k = 1; k < samples; k *= 2)
            yield return k;
        yield return samples;
    }
}

/// <summary>The answers to one problem, counted.</summary>
/// <param name="Right">Per form of the right answer that votes by itself, the samples that gave it.</param>
/// <param name="Others">Per wrong answer, however it is written, the samples that gave it.</param>
/// <param name="None">Samples without an answer.</param>
internal sealed record AnswerCounts(IReadOnlyList<int> Right, IReadOnlyList<int> Others, int None)
{
    public int Correct => Right.Sum();

    public int Samples => Correct + None + Others.Sum();

    public double Majority(int k) => MajorityAtK.Expected(Right, Others, None, k);

    public static AnswerCounts Of(IEnumerable<UnitRecord> units, Func<string, string, bool> areSame)
    {
        var all = units.ToArray();
        var (right, others) = (Votes(SampleStatus.Correct), Votes(SampleStatus.Incorrect));
        return new AnswerCounts(right, others, all.Length - right.Sum() - others.Sum());

        int[] Votes(SampleStatus status) =>
            [.. AnswerVote.Groups([.. all.Where(u => u.Status == status).Select(u => u.Answer)], areSame).Select(g => g.Count)];
    }
}
