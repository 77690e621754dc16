using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>How wide the lines of a command's output may be.</summary>
internal static class OutputWidth
{
    private const int Usual = 80; // for a terminal that does not say
    private const int Least = 40;

    /// <summary>
    /// The terminal's width when the writer leads to one, else <see cref="TextWrap.Unlimited"/>: files and pipes get whole lines.
    /// </summary>
    public static int Of(TextWriter writer)
    {
        if (!TerminalWriter.IsTerminal(writer))
            return TextWrap.Unlimited;
        try
        {
            return Console.WindowWidth is > 0 and var width ? Math.Max(width, Least) : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
