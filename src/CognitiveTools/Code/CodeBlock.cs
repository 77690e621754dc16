using System.Text.RegularExpressions;

namespace CognitiveTools.Code;

/// <summary>A program in a model's text.</summary>
/// <param name="Language">The language of its label, in lower case and by its full name; empty when it has none.</param>
/// <param name="Source">The program.</param>
internal sealed partial record CodeBlock(string Language, string Source)
{
    /// <summary>The last complete fenced block: a model that corrects itself writes the better program later.</summary>
    /// <returns>The block, or <see langword="null"/> when there is none.</returns>
    public static CodeBlock? FindLast(string text) => Fenced().Matches(text) is { Count: > 0 } blocks
        ? new CodeBlock(FullName(blocks[^1].Groups["label"].Value), blocks[^1].Groups["source"].Value)
        : null;

    private static string FullName(string label) => label.ToLowerInvariant() switch
    {
        "js" or "node" or "ecmascript" => "javascript",
        "py" or "python3" => "python",
        var name => name,
    };

    // RE2-style matching: no text of a model makes it slow.
    [GeneratedRegex(@"^[ \t]*```[ \t]*(?<label>[A-Za-z0-9+#]*)[^\n`]*\n(?<source>(?:[^\n]*\n)*?)[ \t]*```",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Fenced();
}
