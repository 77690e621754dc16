using System.Text.RegularExpressions;

namespace CognitiveTools.Models.Names;

/// <summary>Names of quantizations (<c>Q4_K_M</c>, <c>BF16</c>) in the names of files.</summary>
internal static partial class Quantization
{
    /// <summary>
    /// The order in which a model is chosen when several match: the usual compromise of size and quality first, then the larger ones.
    /// </summary>
    public static IReadOnlyList<string> Preferred { get; } =
        ["Q4_K_M", "Q4_K_XL", "Q4_K_S", "MXFP4", "Q4_0", "Q5_K_M", "Q6_K", "Q8_0", "BF16", "F16"];

    /// <summary>The first name of a quantization in a path, as written; <see langword="null"/> without one.</summary>
    public static string? Of(string path) => Form().Match(path) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>
    /// Whether a path holds a name as a whole word, in any case of letters: <c>Q4_K</c> is not in <c>m-Q4_K_M.gguf</c>, and <c>F16</c>
    /// not in <c>m-BF16.gguf</c>.
    /// </summary>
    public static bool IsIn(string path, string name)
    {
        for (var at = 0; (at = path.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + name.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(path[at - 1]))
                && (end == path.Length || !(char.IsAsciiLetterOrDigit(path[end]) || path[end] == '_')))
                return true;
        }

        return false;
    }

    [GeneratedRegex(
        @"(^|[^A-Za-z0-9])(?<name>(I?Q|TQ)[1-9][0-9]?(_[A-Z0-9]+)*|MXFP4(_[A-Z0-9]+)*|NVFP4|BF16|F16|F32)($|[^A-Za-z0-9_])",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
