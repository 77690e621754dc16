using System.Globalization;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Loop;

/// <summary>
/// The line around an observation: six decimal digits, drawn anew for every solve, so that no text written beforehand can
/// close it. Digits, because every tokenizer knows them.
/// </summary>
internal sealed class ObservationFence(int solveSeed)
{
    public string Text { get; } = (100_000 + (Seeds.Derive(solveSeed, SeedPath.Fence) % 900_000)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The content with every occurrence of the fence broken up by a space.</summary>
    public string Guard(string content) => content.Replace(Text, $"{Text[..3]} {Text[3..]}", StringComparison.Ordinal);
}
