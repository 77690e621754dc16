using System.Globalization;
using System.Text.RegularExpressions;

namespace CognitiveTools.Evals.Wandering;

/// <summary>One line of a trace, for instance <c>CHECK(0,2)==7</c>: verb in capitals, arguments, text after <c>==</c>.</summary>
internal sealed partial record TraceLine(string Verb, IReadOnlyList<string> Arguments, string? Result)
{
    /// <summary>The line in its plain form, without spaces.</summary>
    public string Text => $"{Verb}({string.Join(',', Arguments)}){(Result is null ? "" : "==" + Result)}";

    /// <summary>Reads a line; list marks and spaces around it are ignored.</summary>
    /// <returns><see langword="null"/> when it is not a trace line.</returns>
    public static TraceLine? TryParse(string line) =>
        Pattern().Match(line) is { Success: true } match
            ? new(
                match.Groups["verb"].Value.ToUpperInvariant(),
                [.. match.Groups["arguments"].Value.Split(',', StringSplitOptions.TrimEntries).Where(argument => argument.Length > 0)],
                match.Groups["result"] is { Success: true, Value: var result } ? result : null)
            : null;

    /// <summary>An argument as a whole number; <see langword="null"/> when it is another text or missing.</summary>
    internal int? Whole(int index) =>
        index < Arguments.Count && int.TryParse(Arguments[index], CultureInfo.InvariantCulture, out var value) ? value : null;

    [GeneratedRegex(
        @"^[\s\-*`]*(?<verb>[A-Za-z]+)\s*\((?<arguments>[^()]*)\)\s*(==\s*(?<result>[A-Za-z0-9\-]+))?[\s`.;]*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
