using CognitiveTools.Evals.Reports;

namespace CognitiveTools.Evals.Live;

/// <summary>
/// The pages of runs in progress, made of the report's parts. A page holds no data of a run but its name; the rest comes as events.
/// Its security policy allows its own script and requests to its own server.
/// </summary>
internal static class LivePage
{
    private static readonly string[] Styles = ["page.css", "figures.css", "detail.css", "live.css"];

    private static readonly string[] RunScripts = ["elements.js", "heat.js", "steps.js", "live.js", "now.js", "run.js"];
    private static readonly string[] ListScripts = ["elements.js", "live.js", "runs.js"];

    /// <summary>The page of a run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hasList">Whether there is a list to go back to.</param>
    public static string OfRun(string name, bool hasList) =>
        Fill("run.html", RunScripts, name, new PageFacts($"/runs/{Uri.EscapeDataString(name)}/", hasList));

    /// <summary>The list of runs.</summary>
    public static string OfList() => Fill("runs.html", ListScripts, "Runs", new PageFacts("/", HasList: true));

    private static string Fill(string page, string[] scripts, string title, PageFacts facts)
    {
        var (style, script) = (ReportAssets.StyleOf(Styles), ReportAssets.ScriptOf(scripts));
        return ReportPage.Fill(ReportAssets.Read(page), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = ReportPage.Escape(title),
            ["style"] = style,
            ["style-hash"] = ReportPage.Hash(style),
            ["script"] = script,
            ["script-hash"] = ReportPage.Hash(script),
            ["data"] = LiveJson.Of(facts),
        });
    }
}
