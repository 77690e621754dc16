using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Training.Cards;

/// <summary>Measures the figures of a card, for the first time or again.</summary>
/// <param name="reasoners">Makes the reasoner of an arm on the card's model.</param>
/// <param name="parallel">Problems solved at once.</param>
internal sealed class CardVerifier(Func<string, IReasoner> reasoners, int parallel = 8)
{
    // No answer of these models is as long; a control that makes one ramble would otherwise ramble for a whole budget.
    private const int MostTokens = 256;

    /// <summary>Measures every figure of a card again.</summary>
    /// <param name="card">The card.</param>
    /// <param name="progress">Told of each check as it is done.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">A solve failed; a card must not be judged by a broken engine.</exception>
    public async Task<IReadOnlyList<FigureCheck>> VerifyAsync(
        ModelCard card, IProgress<FigureCheck>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(card);
        var checks = new List<FigureCheck>();
        foreach (var figure in card.Figures)
        {
            var check = new FigureCheck(figure, await MeasureAsync(figure.Arm, figure.Data, cancellationToken));
            checks.Add(check);
            progress?.Report(check);
        }

        return checks;
    }

    /// <summary>Measures one figure.</summary>
    /// <param name="arm">The arm in its short form.</param>
    /// <param name="data">The problems.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">A solve failed.</exception>
    public async Task<CardFigure> MeasureAsync(string arm, CardData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var problems = data.Draw().Problems;
        var reasoner = reasoners(arm);
        var right = new bool[problems.Count];
        var positions = new long[problems.Count];
        await Parallel.ForAsync(
            0, problems.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (i, token) =>
        {
            var reasoning = await reasoner.SolveAsync(
                new Question(problems[i].Id, problems[i].Text), new SolveOptions
                {
                    Budget = Budget.Default with { TokensPerTurn = MostTokens },
                }, token);
            var score = Scorer.Score(problems[i].Answer, reasoning, data.Answers);
            if (score.Status == SampleStatus.Error)
                throw new InvalidOperationException(
                    $"Arm '{arm}' failed on {problems[i].Id}: {score.Error} Fix that first; failures do not verify a card.");
            right[i] = score.Status == SampleStatus.Correct;
            positions[i] = reasoning.Usage.Positions;
        });
        return new CardFigure(arm, data, right.Count(value => value), problems.Count)
        {
            ByTopic = Count(problems, right, problem => problem.Topic!),
            BySteps = Count(problems, right, problem => problem.Difficulty!),
            Positions = Math.Round(positions.Average(), 1),
        };
    }

    private static SortedDictionary<string, CardCount> Count(IReadOnlyList<Problem> problems, bool[] right, Func<Problem, string> key)
    {
        var counts = new SortedDictionary<string, CardCount>(StringComparer.Ordinal);
        for (var i = 0; i < problems.Count; i++)
        {
            var before = counts.GetValueOrDefault(key(problems[i]));
            counts[key(problems[i])] = new CardCount(before.Correct + (right[i] ? 1 : 0), before.Problems + 1);
        }

        return counts;
    }
}
