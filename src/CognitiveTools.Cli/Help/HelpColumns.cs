using CognitiveTools.Text;

namespace CognitiveTools.Cli.Help;

/// <summary>Writes sections of help: a title, then text or two columns. The columns are wrapped at the terminal's width.</summary>
internal sealed class HelpColumns(TextWriter output)
{
    private const string Indent = "  ";
    private const int NarrowestText = 30;
    private const int WidestLabel = 34;

    private readonly int _width = Math.Max(OutputWidth.Of(output), WidestLabel + NarrowestText);

    /// <summary>A section of text; its line breaks stay.</summary>
    public void Section(string title, string text)
    {
        output.WriteLine($"{title}:");
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            output.WriteLine((Indent + line).TrimEnd());
        output.WriteLine();
    }

    /// <summary>A section of labels and texts. A label that is too wide for its column has a line of its own.</summary>
    public void Section(string title, IEnumerable<(string Label, string Text)> rows)
    {
        var all = rows.ToList();
        var column = Math.Min(all.Max(static row => row.Label.Length), WidestLabel);
        output.WriteLine($"{title}:");
        foreach (var (label, text) in all)
        {
            var lines = TextWrap.Words(text, _width - column - (2 * Indent.Length)).ToList();
            if (label.Length > column)
                output.WriteLine(Indent + label);
            for (var i = 0; i < lines.Count; i++)
                output.WriteLine($"{Indent}{(i == 0 && label.Length <= column ? label : "").PadRight(column)}{Indent}{lines[i]}");
        }

        output.WriteLine();
    }
}
