using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Python;

/// <summary>One program in one process, from start to <see cref="CodeResult"/>.</summary>
internal sealed class PythonProcess(PythonHost host, string code, CodeLimits limits)
{
    // A killed process gives its pipes back at once, unless a descendant that escaped the kill still holds them.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly CappedOutput _output = new(limits.OutputCharacters);
    private readonly CappedOutput _status = new((limits.OutputCharacters * 2) + 65_536);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>
    /// Runs the program. Its process and the working directory are gone afterwards; what it wrote elsewhere is gone with its
    /// namespace (levels <c>namespaces</c> and above), and cannot be written where the kernel has Landlock.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the process is dead.</exception>
    public async Task<CodeResult> RunAsync(CancellationToken cancellationToken)
    {
        var launcher = host.Launcher!;
        using var directory = launcher.OwnsDirectory ? null : new WorkDirectory(Environment.IsPrivilegedProcess);
        using var process = new Process { StartInfo = StartInfo(launcher, directory?.Path ?? "/") };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return PythonVerdict.Refused(End, $"{process.StartInfo.FileName} does not start: {e.Message}");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limits.WallTime);
        var flooded = false;
        var pumps = Task.WhenAll(
            WriteSourceAsync(process),
            PumpAsync(process.StandardOutput.BaseStream, _output, Flooded),
            PumpAsync(process.StandardError.BaseStream, _status, Flooded));
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Told apart below: the caller's cancellation, a flood, or the time limit.
        }

        var ended = process.HasExited;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        await DrainAsync(pumps);

        cancellationToken.ThrowIfCancellationRequested();
        if (flooded)
            return PythonVerdict.Hit(End, LimitNames.Output,
                $"the program wrote more than {limits.OutputCharacters} x {CodeLimits.FloodFactor} characters.");
        return ended
            ? PythonVerdict.Of(End, limits, process.ExitCode, _status.ToString())
            : PythonVerdict.TimedOut(End, limits);

        void Flooded()
        {
            flooded = true;
            stop.Cancel();
        }
    }

    private ProcessStartInfo StartInfo(Launcher launcher, string directory)
    {
        string[] command =
        [
            .. launcher.CommandFor(limits), host.Interpreter!.File,
            "-I", "-S", "-B", "-X", "utf8", "-c", PythonPrelude.Source, PythonPrelude.Arguments(limits, host.AuditHook),
        ];
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        info.Environment.Clear();
        return info;
    }

    private async Task WriteSourceAsync(Process process)
    {
        try
        {
            await process.StandardInput.WriteAsync(code);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process ended before it read its program; its exit code says why.
        }
    }

    // Always UTF-8: a program must not choose the encoding of its output, and with it how much of it counts, by its first bytes.
    private static async Task PumpAsync(Stream stream, CappedOutput to, Action flooded)
    {
        var buffer = new char[4096];
        try
        {
            using var from = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                if (!to.Append(buffer.AsSpan(0, read)))
                {
                    flooded();
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe broke with the process, or was closed because an escaped descendant holds it open.
        }
    }

    private static async Task DrainAsync(Task pumps)
    {
        try
        {
            await pumps.WaitAsync(DrainTime);
        }
        catch (TimeoutException)
        {
            // Disposing the process closes our ends of the pipes.
        }
    }

    private CodeResult End(CodeOutcome outcome) => new()
    {
        Outcome = outcome,
        Level = host.Launcher!.Level,
        Output = _output.ToString(),
        OutputCut = _output.IsCut,
        Elapsed = Stopwatch.GetElapsedTime(_start),
    };
}
