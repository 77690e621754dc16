namespace CognitiveTools.Code;

/// <summary>Runs code that a model wrote. Implementations keep nothing between runs and may be used concurrently.</summary>
public interface ICodeRunner
{
    /// <summary>The language the code must be written in, in lower case: <c>javascript</c> or <c>python</c>.</summary>
    string Language { get; }

    /// <summary>The level on this host; <see cref="SandboxLevel.None"/> means that every run is refused.</summary>
    SandboxLevel Level { get; }

    /// <summary>How the code is isolated on this host, for a log, or why the language cannot be run.</summary>
    string Protection { get; }

    /// <summary>Runs one program. Faulty or hostile code never makes it throw; the result says how the run ended.</summary>
    /// <param name="code">The program. It may be empty.</param>
    /// <param name="limits">What the program may spend.</param>
    /// <param name="cancellationToken">The caller's cancellation; the program's own time limit is separate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default);
}
