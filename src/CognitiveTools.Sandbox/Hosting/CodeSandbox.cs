using CognitiveTools.Code;
using CognitiveTools.Sandbox.JavaScript;
using CognitiveTools.Sandbox.Python;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Hosting;

/// <summary>
/// Runs JavaScript in an interpreter, inside this process or in a separate one, and Python in a separate process if the host can
/// isolate it at the required level. Each result names its level; <c>docs/sandbox.md</c> says what each level does not protect.
/// </summary>
internal sealed class CodeSandbox : ICodeSandbox, IDisposable
{
    private readonly SandboxLevel _least;
    private readonly SemaphoreSlim _places;
    private readonly QueuedRunner _javaScript;

    /// <summary>Creates the sandbox.</summary>
    /// <param name="options">The requirements; the defaults when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="CodeSandboxOptions.ConcurrentRuns"/> is below 1.</exception>
    public CodeSandbox(CodeSandboxOptions? options = null)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ConcurrentRuns, 1);
        _least = options.LeastLevel;
        _places = new(options.ConcurrentRuns);
        _javaScript = new(options.ScriptHost is { Count: > 0 } host ? new ScriptProcess(host) : new JavaScriptRunner(), _places);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Languages { get; } = ["javascript", "python"];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Python does not support the required level.</exception>
    public async ValueTask<ICodeRunner?> FindAsync(string language, CancellationToken cancellationToken = default) => language switch
    {
        "javascript" => _javaScript,
        "python" => new QueuedRunner(await PythonRunner.DetectAsync(_least, cancellationToken), _places),
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
