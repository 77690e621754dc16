using System.CommandLine;
using System.CommandLine.Parsing;

namespace CognitiveTools.Cli;

/// <summary>Texts on the command line: an empty one, such as an unset variable in a script, is refused by the name of its option.</summary>
internal static class TextOptions
{
    /// <summary>Refuses empty texts in every option and argument of a command and of the commands below it.</summary>
    public static void RefuseEmpty(Command command)
    {
        foreach (var option in command.Options.Where(static option => IsText(option.ValueType)))
            option.Validators.Add(static result => Check(result, result.Option.Name));
        foreach (var argument in command.Arguments.Where(static argument => IsText(argument.ValueType)))
            argument.Validators.Add(static result => Check(result, result.Argument.Name));
        foreach (var sub in command.Subcommands)
            RefuseEmpty(sub);
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]) || PathOptions.IsPath(type);

    private static void Check(SymbolResult result, string name)
    {
        if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError($"{name} is empty. Give it a value, or leave it out.");
    }
}
