using CognitiveTools.Text;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// The first and the last lines that a worker wrote to its standard error: the cause is in the first lines of an unhandled exception,
/// and in the last lines of a native library. Thread-safe.
/// </summary>
internal sealed class ErrorTail
{
    private const int LongestLine = 300;
    private const int FirstLines = 3, LastLines = 4;

    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();

    internal void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_gate)
        {
            _lines.Add(OneLine(line));
            if (_lines.Count > FirstLines + LastLines)
                _lines.RemoveAt(FirstLines);
        }
    }

    /// <summary>The lines as one, each cut; empty when nothing was written.</summary>
    internal string Text
    {
        get
        {
            lock (_gate)
                return string.Join(" | ", _lines);
        }
    }

    /// <summary>A line from a worker, safe for a terminal, cut.</summary>
    internal static string OneLine(string text) => TerminalText.Excerpt(text.Trim(), LongestLine);
}
