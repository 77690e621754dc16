using System.Text.Json;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>
/// The other side of <see cref="ScriptProcess"/>: a host's <c>Main</c> calls it when it was started to run one program. It reads
/// program and limits, runs them as <see cref="JavaScriptRunner"/> does, and writes the result. The caller then ends the process,
/// and with it whatever the program still does.
/// </summary>
public static class ScriptHost
{
    /// <summary>Runs one program.</summary>
    /// <param name="input">What <see cref="ScriptProcess"/> writes, standard input mostly.</param>
    /// <param name="output">Gets the result; nothing else may write to it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="JsonException">The other side is no <see cref="ScriptProcess"/>.</exception>
    public static async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        var request = await JsonSerializer.DeserializeAsync(input, ScriptJson.Default.ScriptRequest, cancellationToken)
            ?? throw new JsonException("No program came in. This is run by the sandbox, not by hand.");
        var result = await new JavaScriptRunner().RunAsync(request.Code, request.Limits, cancellationToken);
        await JsonSerializer.SerializeAsync(output, result, ScriptJson.Default.CodeResult, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
