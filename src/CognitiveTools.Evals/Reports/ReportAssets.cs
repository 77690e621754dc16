using System.Text;

namespace CognitiveTools.Evals.Reports;

/// <summary>The parts of the pages that are the same for every run; they travel inside the assembly.</summary>
internal static class ReportAssets
{
    private static readonly string[] Styles = ["page.css", "figures.css", "grid.css", "detail.css"];

    // One scope: a file may use what an earlier one declares at once, and any other inside its functions.
    private static readonly string[] Scripts =
    [
        "elements.js", "core.js", "results.js", "published.js", "plot.js", "curves.js", "spread.js", "groups.js", "flips.js", "filters.js",
        "strip.js", "grid.js", "heat.js", "steps.js", "detail.js", "main.js",
    ];

    public static string Page => Read("report.html");

    public static string Style => StyleOf(Styles);

    public static string Script => ScriptOf(Scripts);

    /// <summary>One style of several files.</summary>
    public static string StyleOf(string[] names) => Join(names);

    /// <summary>One script of several files, in a scope of its own.</summary>
    public static string ScriptOf(string[] names) => $"\n\"use strict\";\n(() => {{{Join(names)}}})();\n";

    /// <summary>
    /// The text of a file. A browser turns CR LF into LF before it compares a script with its hash, so the page must hold LF.
    /// </summary>
    public static string Read(string name)
    {
        using var stream = typeof(ReportAssets).Assembly.GetManifestResourceStream("reports/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks the resource 'reports/{name}'; rebuild it.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Join(string[] names) => "\n" + string.Join('\n', names.Select(Read));
}
