namespace CognitiveTools.Lab.Training.Cards;

/// <summary>A figure of a card next to the same figure measured now.</summary>
/// <param name="Stated">What the card says.</param>
/// <param name="Measured">What was measured.</param>
internal sealed record FigureCheck(CardFigure Stated, CardFigure Measured)
{
    /// <summary>Whether the measured accuracy lies in the stated interval and as many problems were asked.</summary>
    public bool Agrees =>
        Stated.Problems == Measured.Problems
        && Measured.Accuracy >= Stated.Interval.Low
        && Measured.Accuracy <= Stated.Interval.High;

    /// <summary>Whether the very same number of answers is right. Other processors may round other tokens' way.</summary>
    public bool IsExact => Stated.Problems == Measured.Problems && Stated.Correct == Measured.Correct;
}
