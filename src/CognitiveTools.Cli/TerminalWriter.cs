using System.Text;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>
/// The last filter before a terminal: it removes all control characters but line feed and tab from what commands, parse errors
/// and help pages write. Callers make names single-line before they print them, because only the caller knows where a
/// value ends.
/// </summary>
internal sealed class TerminalWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>The writer behind the filter, for our own styling: a live table, a line that is rewritten.</summary>
    public static TextWriter Unguarded(TextWriter writer) => writer is TerminalWriter guarded ? guarded.Inner : writer;

    /// <summary>Whether a writer leads to a terminal, and not to a file, a pipe or a test.</summary>
    public static bool IsTerminal(TextWriter writer)
    {
        var target = Unguarded(writer);
        return (target == Console.Out && !Console.IsOutputRedirected) || (target == Console.Error && !Console.IsErrorRedirected);
    }

    /// <summary>For a text that must arrive as it is: the writer behind the filter, unless a terminal would interpret the text.</summary>
    public static TextWriter Exact(TextWriter writer) => IsTerminal(writer) ? writer : Unguarded(writer);

    private TextWriter Inner => inner;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(TerminalText.Block($"{value}"));

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(value is null ? null : TerminalText.Block(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        Write(value);
        inner.WriteLine();
    }

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync() => inner.FlushAsync();
}
