using System.Globalization;
using System.Text;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Wordings;

/// <summary>Puts a problem in one of the many wordings of <see cref="Frames"/>.</summary>
internal static class Paraphrase
{
    private const string Naming = "k=";

    /// <summary>Words a problem.</summary>
    /// <param name="canonical">Its canonical form.</param>
    /// <param name="random">Chooses the wording.</param>
    /// <exception cref="ArgumentException">No family writes canonical forms of this kind.</exception>
    public static string Of(string canonical, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Fill(random.Pick(Frames.Around), [Bare(canonical, random)], random);
    }

    private static string Bare(string canonical, SeededRandom random)
    {
        if (canonical.StartsWith(Naming, StringComparison.Ordinal))
        {
            var end = canonical.IndexOf(");", StringComparison.Ordinal) + 1;
            return Fill(
                random.Pick(Frames.InARow), [Bare(canonical[Naming.Length..end], random), Bare(canonical[(end + 1)..], random)], random);
        }

        var open = canonical.IndexOf('(', StringComparison.Ordinal);
        var head = open < 0 ? canonical : canonical[..open];
        var inner = open < 0 ? "" : canonical[(open + 1)..^1];
        if (head == "sto")
            return Story(inner.Split(','), random);
        if (!Frames.ByHead.TryGetValue(head, out var frames))
            throw new ArgumentException($"There are no wordings for '{head}'; add them to {nameof(Frames)}.", nameof(canonical));
        return Fill(random.Pick(frames), Parts(head, inner), random);
    }

    private static string[] Parts(string head, string inner) => head switch
    {
        "div" => [inner],
        "bas" => inner.Split(',', 2),
        "rch" when inner.Split(';') is [var arrows, var root, var ends] => [arrows, root, .. ends.Split(',')],
        _ => inner.Split(','),
    };

    // The name is no part of the problem, so that any will do.
    private static string Story(string[] parts, SeededRandom random)
    {
        var who = random.Pick(["Ann", "Ben", "Eva", "Tom"]);
        var text = new StringBuilder(Fill(random.Pick(Frames.Opening), [who, parts[0]], random));
        foreach (var part in parts.Skip(1))
            text.Append(' ').Append(Fill(random.Pick(Frames.Events[part[0]]), [part[1..]], random));
        return text.Append(' ').Append(Fill(random.Pick(Frames.Close), [who], random)).ToString();
    }

    // Alternatives are chosen before the parts are put in, because parts may hold any text.
    private static string Fill(string frame, string[] parts, SeededRandom random)
    {
        var text = new StringBuilder();
        for (var at = 0; at < frame.Length;)
        {
            var open = frame.IndexOf('[', at);
            if (open < 0)
            {
                text.Append(frame, at, frame.Length - at);
                break;
            }

            var close = frame.IndexOf(']', open);
            text.Append(frame, at, open - at).Append(random.Pick(frame[(open + 1)..close].Split('|')));
            at = close + 1;
        }

        text.Replace("  ", " ").Replace(" .", ".").Replace(" ,", ",");
        return string.Format(CultureInfo.InvariantCulture, text.ToString().Trim(), [.. parts.Cast<object>()]);
    }
}
