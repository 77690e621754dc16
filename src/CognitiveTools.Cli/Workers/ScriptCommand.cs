using System.CommandLine;
using System.Reflection;
using CognitiveTools.Sandbox.JavaScript;

namespace CognitiveTools.Cli.Workers;

/// <summary><c>cogtools javascript</c>, not listed: the process in which the sandbox runs one program.</summary>
internal static class ScriptCommand
{
    private const string Name = "javascript";

    /// <summary>This program with the arguments that start the command; <see langword="null"/> inside another program.</summary>
    public static IReadOnlyList<string>? Self
    {
        get
        {
            // Another program that has this one as a library is not started: it would not know the command.
            if (Environment.ProcessPath is not { } own || Assembly.GetEntryAssembly() != typeof(ScriptCommand).Assembly)
                return null;
            var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(own), "dotnet", StringComparison.OrdinalIgnoreCase);
            return isDotnet ? [own, typeof(ScriptCommand).Assembly.Location, Name] : [own, Name];
        }
    }

    public static Command Create()
    {
        var command = new Command(Name, "Run one program for another process over standard input and output") { Hidden = true };
        command.SetGuardedAction(static async (_, cancellationToken) =>
        {
            await ScriptHost.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellationToken);
            Environment.Exit(ExitCodes.Success); // a thread of the program may be in a built-in function still
            return ExitCodes.Success;
        });
        return command;
    }
}
