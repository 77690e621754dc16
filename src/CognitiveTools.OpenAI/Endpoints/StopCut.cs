using System.Text;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Cuts a text at the first of some stop sequences, for a server that takes none. Text may come in pieces.</summary>
internal sealed class StopCut(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop sequence was met; the text ends before it.</summary>
    public bool IsMet { get; private set; }

    /// <summary>Takes a piece and returns the text that later pieces cannot change; may be empty.</summary>
    public string Take(string piece)
    {
        if (IsMet)
            return "";
        _held.Append(piece);
        var text = _held.ToString();
        var first = stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        IsMet = first >= 0;
        var safe = IsMet ? first : text.Length - PossibleStart(text);
        _held.Clear();
        if (!IsMet)
            _held.Append(text, safe, text.Length - safe);
        return text[..safe];
    }

    /// <summary>The rest of the text.</summary>
    public string Rest()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    // The longest end of the text with which a stop sequence may begin.
    private int PossibleStart(string text)
    {
        for (var length = Math.Min(text.Length, stops.Max(static stop => stop.Length) - 1); length > 0; length--)
        {
            if (stops.Any(stop => stop.Length > length && text.EndsWith(stop[..length], StringComparison.Ordinal)))
                return length;
        }

        return 0;
    }
}
