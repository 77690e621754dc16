using System.ComponentModel;
using System.Diagnostics;
using CognitiveTools.Programs;

namespace CognitiveTools.Sandbox.Python;

/// <summary>Runs trusted programs of this host.</summary>
internal static class HostTools
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs a trusted program and returns its output; <see langword="null"/> when it does not start, fails or times out.</summary>
    public static async Task<string?> AskAsync(string file, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Timeout);
        using var process = new Process
        {
            StartInfo = new(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                UseShellExecute = false,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(stop.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(stop.Token);
            await errors;
            await process.WaitForExitAsync(stop.Token);
            return process.ExitCode == 0 ? answer : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
