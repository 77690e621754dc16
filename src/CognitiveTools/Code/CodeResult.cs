using System.Text;

namespace CognitiveTools.Code;

/// <summary>The outcome and output of one run of model-written code. All of its texts are untrusted.</summary>
public sealed record CodeResult
{
    /// <summary>How the run ended.</summary>
    public required CodeOutcome Outcome { get; init; }

    /// <summary>The level of isolation that was in force.</summary>
    public required SandboxLevel Level { get; init; }

    /// <summary>What the code printed. When it was cut, a last line gives both lengths.</summary>
    public string Output { get; init; } = "";

    /// <summary>Whether <see cref="Output"/> or <see cref="Value"/> was cut at <see cref="CodeLimits.OutputCharacters"/>.</summary>
    public bool OutputCut { get; init; }

    /// <summary>The value of the program's last expression as text; <see langword="null"/> without one.</summary>
    public string? Value { get; init; }

    /// <summary>Why the run did not complete: the error, the limit with its size, or the refusal with its remedy.</summary>
    public string? Reason { get; init; }

    /// <summary>The limit that was hit, one of <see cref="LimitNames"/>; otherwise <see langword="null"/>.</summary>
    public string? Limit { get; init; }

    /// <summary>The line of the error, counted from 1, when it is known.</summary>
    public int? Line { get; init; }

    /// <summary>Wall time from the start of the interpreter to the end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The result as text for a model or a log: output, value, and why the run ended.</summary>
    public string Describe()
    {
        var text = new StringBuilder(Output);
        AppendLine(text, Value);
        AppendLine(text, Outcome switch
        {
            CodeOutcome.Failed when Line is { } line => $"Error on line {line}: {Reason}",
            CodeOutcome.Failed => $"Error: {Reason}",
            CodeOutcome.LimitHit => $"Stopped at the {Limit} limit: {Reason}",
            CodeOutcome.Refused => $"Not run: {Reason}",
            _ when text.Length == 0 => "The code ran and printed nothing.",
            _ => null,
        });
        return text.ToString().TrimEnd('\n');
    }

    private static void AppendLine(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
        text.Append(line).Append('\n');
    }
}
