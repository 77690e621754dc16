namespace CognitiveTools.Evals.Exchanges;

/// <summary>One request to a chat model and its response, as a transcript keeps them to be played again.</summary>
/// <param name="Request">SHA-256 of messages and options (lower-case hex).</param>
/// <param name="Text">The response's text.</param>
public sealed record Exchange(string Request, string Text)
{
    /// <summary>The function calls of the response; <see langword="null"/> when it made none.</summary>
    public IReadOnlyList<ExchangeCall>? Calls { get; init; }

    /// <summary>Why the response ended, as the client said.</summary>
    public string? Finish { get; init; }

    /// <summary>Whether the context was full.</summary>
    public bool ContextFull { get; init; }

    /// <summary>Prompt positions; <see langword="null"/> when the client did not say.</summary>
    public long? Input { get; init; }

    /// <summary>Generated positions; <see langword="null"/> when the client did not say.</summary>
    public long? Output { get; init; }

    /// <summary>Of the prompt positions those served from a cache; <see langword="null"/> when the client did not say.</summary>
    public long? Cached { get; init; }

    /// <summary>What the client threw instead of responding.</summary>
    public string? Error { get; init; }
}
