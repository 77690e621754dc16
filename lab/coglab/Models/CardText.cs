using CognitiveTools.Lab.Training.Cards;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary>Figures of a card as lines of text.</summary>
internal static class CardText
{
    public static string Line(CardFigure figure) =>
        $"{figure.Data.Split,-10} {100 * figure.Accuracy,5:0.0}% [{100 * figure.Interval.Low:0.0}, {100 * figure.Interval.High:0.0}]  "
            + $"{figure.Correct}/{figure.Problems}, {figure.Positions:0} positions  {figure.Arm}";
}
