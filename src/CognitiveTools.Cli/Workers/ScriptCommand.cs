using System.CommandLine;
using CognitiveTools.Sandbox.JavaScript;

namespace CognitiveTools.Cli.Workers;

/// <summary><c>cogtools javascript</c>, not listed: the process in which the sandbox runs one program.</summary>
internal static class ScriptCommand
{
    private const string Name = "javascript";

    /// <summary>This program with the arguments that start the command; <see langword="null"/> inside another program.</summary>
    public static IReadOnlyList<string>? Self => OwnProgram.With(typeof(ScriptCommand).Assembly, Name);

    public static Command Create()
    {
        var command = new Command(Name, "Run one program for another process over standard input and output") { Hidden = true };
        command.SetGuardedAction(static async (_, cancellationToken) =>
        {
            await ScriptHost.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellationToken);
            Environment.Exit(ExitCodes.Success); // a thread of the program may still be in a built-in function
            return ExitCodes.Success;
        });
        return command;
    }
}
