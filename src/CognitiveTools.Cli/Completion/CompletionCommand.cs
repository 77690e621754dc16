using System.CommandLine;

namespace CognitiveTools.Cli.Completion;

/// <summary>
/// <c>cogtools completion SHELL</c>: prints the script that makes a shell ask <c>cogtools [suggest:POSITION] LINE</c>, which the
/// command line's parser answers from the commands and options themselves.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("shell") { Description = "bash, zsh or pwsh" };

    public static Command Create()
    {
        const string Description = "Print a script that completes commands and options in a shell, and say where it goes";
        var command = new Command("completion", Description) { Shell };
        Shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        command.SetGuardedAction(async (parse, _) =>
        {
            await parse.InvocationConfiguration.Output.WriteLineAsync(CompletionScript.For(parse.GetValue(Shell)!));
            return ExitCodes.Success;
        });
        return command;
    }
}
