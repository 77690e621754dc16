using System.Text.RegularExpressions;

namespace CognitiveTools.Answers.Reading;

/// <summary>Tokens of chat templates that a server left in the text, like <c>&lt;|eot_id|&gt;</c>. They are not part of what was
/// said.</summary>
internal static partial class SpecialTokens
{
    /// <summary>The text with every special token replaced by as many spaces, so that positions stay the same.</summary>
    public static string Mask(string text) => text.Contains('<', StringComparison.Ordinal)
        || text.Contains("[/INST]", StringComparison.Ordinal)
        ? Tokens().Replace(text, match => new string(' ', match.Length))
        : text;

    [GeneratedRegex(@"<[|｜][\p{L}\p{N}_▁]{1,40}[|｜]>|</?s>|<(?:start|end)_of_turn>|<eos>|\[/INST\]|\[END FINAL RESPONSE\]",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tokens();
}
