using System.CommandLine;
using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Cli.Workers;

/// <summary><c>cogtools worker</c>, not listed: the process that <see cref="LlamaWorkerClient"/> starts.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var command = new Command("worker", "Run a model for another process over standard input and output") { Hidden = true };
        command.SetGuardedAction(static async (_, cancellationToken) =>
        {
            await LlamaWorkerHost.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
