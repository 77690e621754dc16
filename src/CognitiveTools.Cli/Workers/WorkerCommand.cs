using System.CommandLine;
using System.Runtime.InteropServices;
using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Cli.Workers;

/// <summary><c>cogtools worker</c>, not listed: the process that <see cref="LlamaWorker"/> starts.</summary>
internal static class WorkerCommand
{
    public const string Name = "worker";

    public static Command Create()
    {
        var command = new Command(Name, "Run a model for another process over standard input and output") { Hidden = true };
        command.SetGuardedAction(static async (_, cancellationToken) =>
        {
            // Ctrl+C reaches every process of a terminal. Whoever started this one closes the pipe when it has done with it.
            using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
            await LlamaWorkerHost.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
