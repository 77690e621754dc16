using System.ComponentModel;
using System.Diagnostics;
using CognitiveTools.Programs;

namespace CognitiveTools.Llama.Workers;

/// <summary>Starts the worker's program with its three streams redirected and a restricted environment.</summary>
internal static class WorkerLauncher
{
    /// <exception cref="LlamaWorkerException">No process could be started; the message names the option to correct.</exception>
    public static Process Launch(LlamaWorkerOptions options)
    {
        var own = Environment.ProcessPath
            ?? throw new LlamaWorkerException("The path of this program is not known. Set LlamaWorkerOptions.FileName.");
        // `dotnet program.dll`: the program is the first argument of this process.
        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(own), "dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments = options.FileName is null && isDotnet
            ? [Environment.GetCommandLineArgs()[0], .. options.Arguments]
            : [.. options.Arguments];
        var file = options.FileName is { } named
            ? ProgramPath.Locate(named) ?? throw new LlamaWorkerException(
                $"The llama worker {named} could not be started: no program of that name is on the PATH. "
                + "Correct LlamaWorkerOptions.FileName.")
            : own;
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        WorkerEnvironment.Restrict(start);
        try
        {
            return Process.Start(start) ?? throw new Win32Exception("no process was started");
        }
        catch (Win32Exception error)
        {
            throw new LlamaWorkerException(
                $"The llama worker {start.FileName} could not be started: {error.Message}. Correct LlamaWorkerOptions.FileName.", error);
        }
    }
}
