using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>
/// Runs each program in a process of its own, which is killed when its time is over: a built-in function in progress, which no
/// interpreter can stop, ends with it. The process has an empty environment and a bounded heap. Thread-safe.
/// </summary>
/// <param name="command">The program that calls <see cref="ScriptHost.RunAsync"/>, and its arguments.</param>
internal sealed class ScriptProcess(IReadOnlyList<string> command) : ICodeRunner
{
    private const long Interpreter = 192L << 20; // of the heap, in addition to what the program holds

    // To start, and to say that the time is over; the program's own time is measured inside.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly string[] Needed = ["DOTNET_ROOT", "SystemRoot", "TMPDIR", "TEMP"];

    public string Language => "javascript";

    public SandboxLevel Level => SandboxLevel.Language;

    public string Protection =>
        "the Jint interpreter, in a process of its own that ends with the program: no files, network or .NET types in reach";

    public async ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default)
    {
        RunPreconditions.Check(code, limits, cancellationToken);
        if (RunPreconditions.RefuseTooLong(code, limits, Level) is { } tooLong)
            return tooLong;
        using var process = new Process { StartInfo = StartInfo(limits) };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new CodeResult
            {
                Outcome = CodeOutcome.Refused,
                Level = Level,
                Reason = $"{command[0]} does not start: {error.Message}. Correct CodeSandboxOptions.ScriptHost."
            };
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limits.WallTime + Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(stop.Token);
            await WriteAsync(process, new(code, limits), stop.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return Read(answer, process.ExitCode, await errors, limits);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Hit(LimitNames.Time, $"the program ran for more than {limits.WallTime.TotalSeconds} s.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(Process process, ScriptRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, request, ScriptJson.Default.ScriptRequest,
                cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read its program; its exit code says why.
        }
    }

    private CodeResult Read(string answer, int exitCode, string errors, CodeLimits limits)
    {
        if (errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase))
            return Hit(LimitNames.Memory, $"the program needs more than {limits.MemoryBytes} bytes.");
        try
        {
            return JsonSerializer.Deserialize(answer, ScriptJson.Default.CodeResult) ?? throw new JsonException("no result");
        }
        catch (JsonException)
        {
            var said = CappedOutput.Cap(errors.Trim(), limits.OutputCharacters).Text;
            return new CodeResult
            {
                Outcome = CodeOutcome.Failed,
                Level = Level,
                Reason = $"The interpreter's process ended with exit code {exitCode}. {said}".TrimEnd()
            };
        }
    }

    private CodeResult Hit(string limit, string reason) =>
        new() { Outcome = CodeOutcome.LimitHit, Level = Level, Limit = limit, Reason = reason };

    private ProcessStartInfo StartInfo(CodeLimits limits)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        var kept = Needed.Where(name => info.Environment.ContainsKey(name))
            .ToDictionary(name => name, name => info.Environment[name], StringComparer.Ordinal);
        info.Environment.Clear();
        foreach (var (name, value) in kept)
            info.Environment[name] = value;
        info.Environment["DOTNET_GCHeapHardLimit"] = (limits.MemoryBytes + Interpreter).ToString("x", CultureInfo.InvariantCulture);
        info.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return info;
    }
}
