using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Python;

/// <summary>
/// Runs Python 3 in a process of its own: empty environment, no input, a directory that is gone afterwards, kernel limits
/// on memory, time, files, processes and system calls, and namespaces of its own where the host has bubblewrap or unshare.
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
    /// Finds out what this host offers, by running a small program in each way it might, strongest first. The answer is
    /// kept for the life of the process.
    /// </summary>
    /// <param name="leastLevel">The least level that is accepted; <see cref="SandboxLevel.Process"/> must be asked for.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A runner, also when Python or the level is missing: its level is then <see cref="SandboxLevel.None"/> and it
    /// refuses.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Python has no such level.</exception>
    public static async Task<PythonRunner> DetectAsync(SandboxLevel leastLevel = SandboxLevel.Namespaces,
        CancellationToken cancellationToken = default) =>
        leastLevel is SandboxLevel.Process or SandboxLevel.Namespaces or SandboxLevel.OsSandbox
            ? new(await PythonHost.DetectAsync(leastLevel, cancellationToken))
            : throw new ArgumentOutOfRangeException(nameof(leastLevel), leastLevel,
                "Python runs at the levels process, namespaces and os-sandbox.");

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
