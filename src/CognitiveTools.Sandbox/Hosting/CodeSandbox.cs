using CognitiveTools.Code;
using CognitiveTools.Sandbox.JavaScript;
using CognitiveTools.Sandbox.Python;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Hosting;

/// <summary>
/// JavaScript in an interpreter inside this process or one of its own, and Python in a process of its own where the host can keep it apart
/// at the
/// least level that is demanded. Which level is in force each result says; <c>docs/sandbox.md</c> says what each does not protect.
/// </summary>
public sealed class CodeSandbox : ICodeSandbox, IDisposable
{
    private readonly SandboxLevel _least;
    private readonly SemaphoreSlim _places;
    private readonly QueuedRunner _javaScript;

    /// <summary>Creates the sandbox.</summary>
    /// <param name="options">What is demanded of it; the defaults when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no place for a run.</exception>
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
    /// <exception cref="ArgumentOutOfRangeException">Python has no such level as the least one demanded.</exception>
    public async ValueTask<ICodeRunner?> FindAsync(string language, CancellationToken cancellationToken = default) => language switch
    {
        "javascript" => _javaScript,
        "python" => new QueuedRunner(await PythonRunner.DetectAsync(_least, cancellationToken), _places),
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
