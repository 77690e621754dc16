using System.Text;

namespace CognitiveTools.LLamaSharp.Chat;

/// <summary>
/// Streamed text up to the first stop sequence. Text that may be the start of a stop sequence is held back until
/// that is decided. Used by one caller.
/// </summary>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop sequence has appeared; the text after it is dropped.</summary>
    internal bool IsFound { get; private set; }

    /// <summary>Adds a piece.</summary>
    /// <returns>The text that is now final.</returns>
    internal string Add(string piece)
    {
        if (IsFound)
            return "";
        var text = _held.Append(piece).ToString();
        var found = stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(static at => at >= 0).DefaultIfEmpty(-1).Min();
        IsFound = found >= 0;
        var certain = IsFound ? found : text.Length - stops.Select(stop => Beginning(text, stop)).DefaultIfEmpty(0).Max();
        _held.Clear();
        if (!IsFound)
            _held.Append(text, certain, text.Length - certain);
        return text[..certain];
    }

    /// <summary>The text that was held back, at the end.</summary>
    internal string Rest()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    // The length of the longest suffix of the text that is a prefix of the stop sequence.
    private static int Beginning(string text, string stop)
    {
        for (var length = Math.Min(stop.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                return length;
        }

        return 0;
    }
}
