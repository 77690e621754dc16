namespace CognitiveTools.Code;

/// <summary>Provides runners for tools that run code. Thread-safe.</summary>
public interface ICodeSandbox
{
    /// <summary>The supported languages, in lower case.</summary>
    IReadOnlyList<string> Languages { get; }

    /// <summary>The runner of a language. The host's capabilities are detected at the first request.</summary>
    /// <param name="language">A language, in lower case.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The runner; <see langword="null"/> for a language that is not among <see cref="Languages"/>.</returns>
    ValueTask<ICodeRunner?> FindAsync(string language, CancellationToken cancellationToken = default);
}
