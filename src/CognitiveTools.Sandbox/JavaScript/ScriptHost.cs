using System.Text.Json;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>
/// The process side of <see cref="Hosting.CodeSandboxOptions.ScriptHost"/>: a host's <c>Main</c> calls it in a process that was
/// started to run one program. It reads the program and its limits, runs it like <see cref="JavaScriptRunner"/>, and writes the
/// result. The caller then ends the process, and with it the program.
/// </summary>
public static class ScriptHost
{
    /// <summary>Runs one program.</summary>
    /// <param name="input">The request, usually standard input.</param>
    /// <param name="output">Receives the result; no other code may write to it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="JsonException">The input is not a request of the sandbox.</exception>
    public static async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        var request = await JsonSerializer.DeserializeAsync(input, ScriptJson.Default.ScriptRequest, cancellationToken)
            ?? throw new JsonException("The input has no program. Only the sandbox runs this command.");
        var result = await new JavaScriptRunner().RunAsync(request.Code, request.Limits, cancellationToken);
        await JsonSerializer.SerializeAsync(output, result, ScriptJson.Default.CodeResult, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
