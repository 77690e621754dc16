using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Lab.Training.Cards;

/// <summary>A measured accuracy, with all it takes to measure it again.</summary>
/// <param name="Arm">The arm in its short form, for instance <c>cot:profile=mini</c>.</param>
/// <param name="Data">The problems.</param>
/// <param name="Correct">Right answers.</param>
/// <param name="Problems">Problems asked.</param>
internal sealed record CardFigure(string Arm, CardData Data, int Correct, int Problems)
{
    /// <summary>Right answers and problems by topic.</summary>
    public IReadOnlyDictionary<string, CardCount> ByTopic { get; init; } = new Dictionary<string, CardCount>(StringComparer.Ordinal);

    /// <summary>Right answers and problems by number of dependent steps.</summary>
    public IReadOnlyDictionary<string, CardCount> BySteps { get; init; } = new Dictionary<string, CardCount>(StringComparer.Ordinal);

    /// <summary>Mean positions forwarded per problem.</summary>
    public double Positions { get; init; }

    /// <summary>Share of right answers.</summary>
    public double Accuracy => (double)Correct / Problems;

    /// <summary>95% Wilson interval of the accuracy.</summary>
    public Interval Interval => Wilson.Of(Correct, Problems);
}
