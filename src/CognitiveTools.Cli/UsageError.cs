using System.CommandLine;
using System.CommandLine.Parsing;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>Describes in one line what is wrong with a command line.</summary>
internal static class UsageError
{
    /// <param name="parse">A result with errors.</param>
    public static string Describe(ParseResult parse)
    {
        var command = PathOf(parse.CommandResult);
        return $"{Problem(parse, command)} See {command} --help.";
    }

    // What follows the first unknown word may be its value, so the message does not mention it.
    private static string Problem(ParseResult parse, string command) =>
        parse.UnmatchedTokens is [var token, ..] ? Unmatched(token, parse.CommandResult.Command, command)
        : parse.Errors is [var error, ..] ? Explain(Plainest(error, parse.Errors), command)
        : "The command line is incomplete.";

    private static string Unmatched(string token, Command command, string path)
    {
        if (token.StartsWith('-'))
            return $"{path} has no option {token}.{Nearest.Hint(token, Options(command))}";
        return command.Subcommands.Count > 0
            ? $"{path} has no command '{token}'.{Nearest.Hint(token, Names(command))}"
            : $"'{token}' is one argument too many for {path}; put a text with spaces in quotes.";
    }

    private static string Explain(ParseError error, string command) => error.SymbolResult switch
    {
        OptionResult { Option: var option, IdentifierTokenCount: 0 } => $"{command} needs {option.Name}: {option.Description}.",
        OptionResult { Option: var option } result when result.Tokens is [] => $"{option.Name} needs a value ({Form(option.ValueType)}).",
        OptionResult { Option: var option } result when IsOfForm(error) =>
            WrongForm(option.Name, option.ValueType, result.Tokens[^1].Value),
        ArgumentResult { Parent: OptionResult { Option: var option } parent } when IsOfForm(error) && parent.Tokens is [.., var last] =>
            WrongForm(option.Name, option.ValueType, last.Value),
        ArgumentResult { Argument: var argument, Tokens: [] } => $"{command} needs {argument.Name}: {argument.Description}.",
        ArgumentResult { Argument: var argument } result when IsOfForm(error) =>
            $"{argument.Name} is '{result.Tokens[^1].Value}'; it must be {Form(argument.ValueType)}.",
        CommandResult { Command: { Subcommands.Count: > 0 } named } when IsIncomplete(error) =>
            $"{command} needs one of its commands: {string.Join(", ", Names(named))}.",
        _ => error.Message.EndsWith('.') ? error.Message : OnOneLine(error.Message) + ".",
    };

    // The parser lists the values of an option one below the other.
    private static string OnOneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string WrongForm(string option, Type type, string given) =>
        $"{option} is '{given}'; it must be {Form(type)}.{Hint(type, given)}";

    private static IEnumerable<string> Names(Command command) =>
        command.Subcommands.Where(static sub => !sub.Hidden).Select(static sub => sub.Name);

    // A number beyond its type has two errors; the one of its range says more.
    private static ParseError Plainest(ParseError first, IEnumerable<ParseError> errors) => !IsOfForm(first)
        ? first
        : errors.FirstOrDefault(error => !IsOfForm(error) && OptionOf(error) is { } option && option == OptionOf(first)) ?? first;

    private static Option? OptionOf(ParseError error) =>
        (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult)?.Option;

    private static bool IsIncomplete(ParseError error) => error.Message.StartsWith("Required command", StringComparison.Ordinal);

    // The parser's own words name a .NET type.
    private static bool IsOfForm(ParseError error) => error.Message.Contains("as expected type", StringComparison.Ordinal);

    private static string Form(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? (type.IsArray ? type.GetElementType()! : type);
        return value.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(value).Select(static name => name.ToLowerInvariant()))}"
            : value == typeof(int) || value == typeof(long) ? "a whole number"
            : value == typeof(float) || value == typeof(double) || value == typeof(decimal) ? "a number such as 0.5"
            : value == typeof(bool) ? "true or false"
            : value == typeof(FileInfo) ? "a file"
            : "a text";
    }

    private static string Hint(Type type, string given) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names
        ? Nearest.Hint(given, Enum.GetNames(names).Select(static name => name.ToLowerInvariant()))
        : "";

    private static IEnumerable<string> Options(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(option => !option.Hidden && (at == command || option.Recursive)))
                yield return option.Name;
        }
    }

    /// <summary>A command as its user types it, with the program's name.</summary>
    public static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : ((ProgramCommand)result.Command).Program;
}
