using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Traced;

/// <summary>Work with one planted slip.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Wrong">Number of the first line that is not the right one, counted from 1.</param>
internal sealed record TraceFlaw(IReadOnlyList<string> Lines, int Wrong)
{
    private const int Attempts = 20;

    // What stands in front of a line's result.
    private static readonly string[] ResultSigns = ["==", "):"];

    /// <summary>
    /// Plants a slip: a line that was there before comes again, a line is left out, or its result is that of another line. What follows
    /// it stays.
    /// </summary>
    /// <param name="lines">The right lines.</param>
    /// <param name="random">Draws the slip.</param>
    /// <returns><see langword="null"/> when the drawn slips change nothing.</returns>
    public static TraceFlaw? Plant(IReadOnlyList<string> lines, SeededRandom random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var at = random.Below(lines.Count);
            string[]? flawed = random.Below(3) switch
            {
                0 when at > 0 => [.. lines.Take(at), lines[random.Below(at)], .. lines.Skip(at)],
                1 when lines.Count > 1 => [.. lines.Take(at), .. lines.Skip(at + 1)],
                2 when OtherResult(lines, at, random) is { } other => [.. lines.Take(at), other, .. lines.Skip(at + 1)],
                _ => null,
            };
            if (flawed is null)
                continue;
            var same = flawed.Zip(lines).TakeWhile(static pair => pair.First == pair.Second).Count();
            if (same < flawed.Length || same < lines.Count)
                return new TraceFlaw(flawed, same + 1);
        }

        return null;
    }

    private static string? OtherResult(IReadOnlyList<string> lines, int at, SeededRandom random)
    {
        if (Cut(lines[at]) is not var (head, result))
            return null;
        string[] others = [.. lines.Select(Cut).OfType<(string Head, string Result)>().Select(static cut => cut.Result)
            .Where(other => other != result).Distinct(StringComparer.Ordinal)];
        return others.Length == 0 ? null : head + random.Pick(others);
    }

    private static (string Head, string Result)? Cut(string line)
    {
        foreach (var sign in ResultSigns)
        {
            if (line.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at)
                return (line[..(at + sign.Length)], line[(at + sign.Length)..]);
        }

        return null;
    }
}
