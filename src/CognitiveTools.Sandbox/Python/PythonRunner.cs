using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Python;

/// <summary>
/// Runs Python 3 in a separate process: empty environment, no input, a temporary directory, kernel limits on memory, time, files,
/// processes and system calls, and separate namespaces if the host has bubblewrap or unshare.
/// </summary>
/// <remarks>Like a notebook cell, the program's last expression is its value. Only the standard library can be imported.</remarks>
public sealed class PythonRunner : ICodeRunner
{
    private readonly PythonHost _host;

    internal PythonRunner(PythonHost host) => _host = host;

    /// <inheritdoc/>
    public string Language => "python";

    /// <inheritdoc/>
    public SandboxLevel Level => _host.Launcher?.Level ?? SandboxLevel.None;

    /// <inheritdoc/>
    public string Protection =>
        _host.Launcher is { } launcher ? $"{launcher.Protection}{_host.Kernel}; Python {_host.Interpreter!.Version}" : _host.Missing!;

    /// <summary>
    /// Detects this host's capabilities by running a small program with each
    /// launcher, strongest first. The result is cached for the life of the process.
    /// </summary>
    /// <param name="leastLevel">The weakest accepted level; <see cref="SandboxLevel.Process"/> is never the default.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// A runner. Without Python or the level, its level is <see cref="SandboxLevel.None"/> and it refuses all programs.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">Python does not support the level.</exception>
    public static async Task<PythonRunner> DetectAsync(
        SandboxLevel leastLevel = SandboxLevel.Namespaces, CancellationToken cancellationToken = default) =>
        leastLevel is SandboxLevel.Process or SandboxLevel.Namespaces or SandboxLevel.OsSandbox
            ? new(await PythonHost.DetectAsync(leastLevel, cancellationToken))
            : throw new ArgumentOutOfRangeException(
                nameof(leastLevel), leastLevel, "Python runs at the levels process, namespaces and os-sandbox.");

    /// <inheritdoc/>
    public async ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default)
    {
        RunPreconditions.Check(code, limits, cancellationToken);
        if (_host.Missing is { } missing)
            return new CodeResult { Outcome = CodeOutcome.Refused, Level = SandboxLevel.None, Reason = missing };
        if (RunPreconditions.RefuseTooLong(code, limits, Level) is { } tooLong)
            return tooLong;

        return await new PythonProcess(_host, code, limits).RunAsync(cancellationToken);
    }
}
