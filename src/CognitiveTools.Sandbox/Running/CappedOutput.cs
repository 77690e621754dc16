using System.Text;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Running;

/// <summary>Keeps the first characters of a stream and counts the rest, so that a flood cannot fill the memory.</summary>
/// <remarks>Thread-safe, because a run that could not be stopped may still be writing.</remarks>
internal sealed class CappedOutput(int capacity)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _kept = new();
    private long _total;

    /// <summary>Whether characters were dropped.</summary>
    public bool IsCut
    {
        get
        {
            lock (_gate)
                return _total > capacity;
        }
    }

    /// <summary>Adds text.</summary>
    /// <returns><see langword="false"/> when the text so far is a flood and the writer must be stopped.</returns>
    public bool Append(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            _kept.Append(text[..Math.Min(text.Length, capacity - _kept.Length)]);
            _total += text.Length;
            return _total <= (long)capacity * CodeLimits.FloodFactor;
        }
    }

    /// <summary>The kept text, with a last line that marks a cut.</summary>
    public override string ToString()
    {
        lock (_gate)
            return _total > capacity ? $"{_kept}\n[output cut: {capacity} of at least {_total} characters shown]" : _kept.ToString();
    }

    /// <summary>Cuts one text by the same rule.</summary>
    public static (string Text, bool Cut) Cap(string text, int capacity)
    {
        var output = new CappedOutput(capacity);
        output.Append(text);
        return (output.ToString(), output.IsCut);
    }
}
