using CognitiveTools.Text;

namespace CognitiveTools.Cli.Clusters;

/// <summary>What a cluster tells its user: at once, or at the end where a line in between would tear a table that is drawn.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="atOnce">Whether lines may come at any time.</param>
internal sealed class ClusterNotices(TextWriter output, bool atOnce)
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public void Say(string text)
    {
        lock (_gate)
        {
            if (atOnce)
                output.WriteLine(Line(text));
            else
                _lines.Add(Line(text));
        }
    }

    public void End() => _lines.ForEach(output.WriteLine);

    private static string Line(string text) => TerminalText.Line($"cluster: {text}");
}
