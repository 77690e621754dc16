using Microsoft.Extensions.AI;

namespace CognitiveTools.Chat;

/// <summary>
/// Reads the finish reasons of servers and stored responses. Every API has its own words (<c>length</c>, <c>MAX_TOKENS</c>,
/// <c>model_length</c>, <c>end_turn</c>, <c>eos</c>); only this class knows them. Case, hyphens, underscores and what stands before a
/// dot or a colon (<c>FinishReason.MAX_TOKENS</c>, <c>content_filter: SAFETY</c>) are ignored.
/// </summary>
internal static class FinishReasons
{
    private static readonly HashSet<string> CutByLimit = new(StringComparer.Ordinal)
    {
        "length", "maxlength", "modellength", "lengthlimit", "limit", "tokenlimit", "tokenslimit", "maxtokens", "maxnewtokens",
        "maxoutputtokens", "maxcompletiontokens", "maxtokensreached", "contextlength", "contextfull", "contextlengthexceeded",
        "contextwindowexceeded", "modelcontextwindowexceeded", "truncated",
    };

    private static readonly HashSet<string> EndedByItself = new(StringComparer.Ordinal)
    {
        "stop", "stopped", "eos", "eostoken", "endturn", "endofturn", "endoftext", "stopsequence", "stoptoken",
        "complete", "completed", "finished", "done",
    };

    private static readonly HashSet<string> CallsTools = new(StringComparer.Ordinal) { "toolcalls", "toolcall", "tooluse", "functioncall" };

    private static readonly HashSet<string> Filtered = new(StringComparer.Ordinal)
    {
        "contentfilter", "contentfiltered", "safety", "refusal", "recitation", "blocklist", "prohibitedcontent",
        "spii", "guardrailintervened",
    };

    private static readonly HashSet<string> Faults = new(StringComparer.Ordinal)
    {
        "error", "failed", "abort", "aborted", "cancel", "cancelled", "canceled", "malformedfunctioncall",
    };

    /// <summary>Whether the server aborted the text because of an error of its own.</summary>
    /// <param name="reason">The reason as it was written; <see langword="null"/> or empty when none was given.</param>
    public static bool IsFault(string? reason) => reason is not null && Faults.Contains(Plain(reason));

    /// <summary>Whether a limit of tokens or a full context cut the text.</summary>
    /// <param name="reason">The reason as it was written; <see langword="null"/> or empty when none was given.</param>
    public static bool IsCut(string? reason) => reason is not null && CutByLimit.Contains(Plain(reason));

    /// <summary>The reason in the words of Microsoft.Extensions.AI.</summary>
    /// <param name="reason">The reason as it was written.</param>
    /// <returns><see langword="null"/> when the reason is missing; an unknown reason is returned as it was written.</returns>
    public static ChatFinishReason? Read(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return null;
        var plain = Plain(reason);
        return CutByLimit.Contains(plain) ? ChatFinishReason.Length
            : EndedByItself.Contains(plain) ? ChatFinishReason.Stop
            : CallsTools.Contains(plain) ? ChatFinishReason.ToolCalls
            : Filtered.Contains(plain) ? ChatFinishReason.ContentFilter
            : new ChatFinishReason(reason);
    }

    private static string Plain(string reason)
    {
        var name = reason.AsSpan(reason.AsSpan().LastIndexOfAny('.', ':') + 1);
        var letters = string.Concat(name.ToString().Where(char.IsAsciiLetter).Select(char.ToLowerInvariant));
        foreach (var prefix in (ReadOnlySpan<string>)["finishreason", "stopreason"])
        {
            if (letters.Length > prefix.Length && letters.StartsWith(prefix, StringComparison.Ordinal))
                return letters[prefix.Length..];
        }

        return letters;
    }
}
