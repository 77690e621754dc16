using CognitiveTools.Code;
using CognitiveTools.Sandbox.JavaScript;
using CognitiveTools.Sandbox.Python;

namespace CognitiveTools.Sandbox.Hosting;

/// <summary>
/// JavaScript in an interpreter inside this process, and Python in a process of its own where the host has it. Which level is
/// in force each result says; <c>docs/sandbox.md</c> says what each does not protect.
/// </summary>
public sealed class CodeSandbox : ICodeSandbox
{
    private readonly JavaScriptRunner _javaScript = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Languages { get; } = ["javascript", "python"];

    /// <inheritdoc/>
    public async ValueTask<ICodeRunner?> FindAsync(string language, CancellationToken cancellationToken = default) => language switch
    {
        "javascript" => _javaScript,
        "python" => await PythonRunner.DetectAsync(cancellationToken),
        _ => null,
    };
}
