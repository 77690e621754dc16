using System.ComponentModel;
using System.Diagnostics;
using CognitiveTools.Programs;

namespace CognitiveTools.Sandbox.Python;

/// <summary>Finds and asks the programs of this host.</summary>
internal static class HostTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The first program of a name on the search path, or <see langword="null"/>.</summary>
    public static string? Find(string name) => ProgramPath.Find(name);

    /// <summary>All programs of a name on the search path, in its order.</summary>
    public static IEnumerable<string> FindAll(string name) => ProgramPath.FindAll(name);

    /// <summary>Runs a trusted program and gives what it printed; <see langword="null"/> when it does not run or fails.</summary>
    public static async Task<string?> AskAsync(string file, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var process = new Process
        {
            StartInfo = new(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                UseShellExecute = false
            }
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
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await errors;
            await process.WaitForExitAsync(patience.Token);
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
