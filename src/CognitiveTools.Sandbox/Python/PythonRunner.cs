using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Python;

/// <summary>
/// Runs Python 3 in a process of its own: empty environment, no input, a directory that is gone afterwards, kernel limits
/// on memory, time, files and processes, and, where the host has bubblewrap or user namespaces, no network.
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
    public string Protection => _host.Launcher is { } launcher ? $"{launcher.Protection}; Python {_host.Interpreter!.Version}" : _host.Missing!;

    /// <summary>
    /// Finds out what this host offers, by running a small program in each way it might, strongest first. The answer is
    /// kept for the life of the process.
    /// </summary>
    /// <returns>A runner, also when Python is missing: its level is then <see cref="SandboxLevel.None"/> and it refuses.</returns>
    public static async Task<PythonRunner> DetectAsync(CancellationToken cancellationToken = default) =>
        new(await PythonHost.DetectAsync(cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(limits);
        cancellationToken.ThrowIfCancellationRequested();
        if (_host.Missing is { } missing)
            return new CodeResult { Outcome = CodeOutcome.Refused, Level = SandboxLevel.None, Reason = missing };
        if (SourceLimit.Check(code, limits, Level) is { } tooLong)
            return tooLong;

        return await new PythonProcess(_host, code, limits).RunAsync(cancellationToken);
    }
}
