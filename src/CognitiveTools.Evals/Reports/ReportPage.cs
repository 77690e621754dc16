using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Evals.Reports;

/// <summary>Puts values into the page. A value is never scanned for placeholders.</summary>
internal static class ReportPage
{
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var page = new StringBuilder(template.Length + values.Values.Sum(v => v.Length));
        var rest = template.AsSpan();
        while (rest.IndexOf("{{") is var open and >= 0)
        {
            var close = rest[open..].IndexOf("}}");
            page.Append(rest[..open]).Append(values[rest[(open + 2)..(open + close)].ToString()]);
            rest = rest[(open + close + 2)..];
        }

        return page.Append(rest).ToString();
    }

    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>The source expression by which a content security policy allows exactly this script or style.</summary>
    public static string Hash(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
