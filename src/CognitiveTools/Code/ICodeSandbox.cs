namespace CognitiveTools.Code;

/// <summary>Where tools that run code find a runner. Thread-safe.</summary>
public interface ICodeSandbox
{
    /// <summary>The languages there is a runner for, in lower case.</summary>
    IReadOnlyList<string> Languages { get; }

    /// <summary>The runner of a language. What the host offers is found out at the first request for it.</summary>
    /// <param name="language">A language, in lower case.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The runner; <see langword="null"/> for a language that is not among <see cref="Languages"/>.</returns>
    ValueTask<ICodeRunner?> FindAsync(string language, CancellationToken cancellationToken = default);
}
