using System.Globalization;
using System.Runtime.InteropServices;

namespace CognitiveTools.Lab.Training.Cards;

/// <summary>Right answers out of problems, written <c>37/50</c>.</summary>
/// <param name="Correct">Right answers.</param>
/// <param name="Problems">Problems.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CardCount(int Correct, int Problems)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Correct}/{Problems}";

    internal static CardCount? TryParse(string text) =>
        text.Split('/') is [var correct, var problems]
        && int.TryParse(correct, NumberStyles.None, CultureInfo.InvariantCulture, out var right)
        && int.TryParse(problems, NumberStyles.None, CultureInfo.InvariantCulture, out var all)
        && right <= all
            ? new CardCount(right, all)
            : null;
}
