using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CognitiveTools.Cli.Help;

/// <summary>
/// Prints <c>--help</c>: description, usage and arguments, then commands and options by group. The library's own layout has one
/// list of options and cannot be changed.
/// </summary>
internal sealed class GroupedHelp : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Sets the layout for a program and all of its commands.</summary>
    public static void Use(RootCommand root) => root.Options.OfType<HelpOption>().Single().Action = new GroupedHelp();

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var columns = new HelpColumns(parseResult.InvocationConfiguration.Output);
        columns.Section("Description", command.Description ?? "");
        columns.Section("Usage", Usage(UsageError.PathOf(parseResult.CommandResult), command) + " [options]");
        if (command.Arguments.Where(static argument => !argument.Hidden).ToList() is { Count: > 0 } arguments)
            columns.Section("Arguments", arguments.Select(static argument => ($"<{argument.Name}>", HelpText.Of(argument))));
        foreach (var group in Grouped(command.Subcommands, "Commands"))
            columns.Section(group.Key, group.Select(static sub => (Usage(sub.Name, (Command)sub), sub.Description ?? "")));
        foreach (var group in Grouped(OptionsOf(command), "Options"))
            columns.Section(group.Key, group.Select(static option => (HelpText.LabelOf((Option)option), HelpText.Of((Option)option))));
        return ExitCodes.Success;
    }

    private static IEnumerable<IGrouping<string, Symbol>> Grouped(IEnumerable<Symbol> symbols, string title)
    {
        var visible = symbols.Where(static symbol => !symbol.Hidden).ToList();
        var rest = visible.Exists(static symbol => HelpGroup.Of(symbol) is not null) ? HelpGroup.Debugging : title;
        return visible
            .GroupBy(symbol => HelpGroup.Of(symbol) ?? rest, StringComparer.Ordinal)
            .OrderBy(static group => HelpGroup.RankOf(group.Key));
    }

    private static IEnumerable<Option> OptionsOf(Command command)
    {
        var options = command.Options.AsEnumerable();
        for (var above = Above(command); above is not null; above = Above(above))
            options = options.Concat(above.Options.Where(static option => option.Recursive));
        return options;
    }

    private static Command? Above(Command command) => command.Parents.OfType<Command>().FirstOrDefault();

    private static string Usage(string path, Command command)
    {
        var arguments = command.Arguments.Where(static argument => !argument.Hidden)
            .Select(static argument => argument.Arity.MinimumNumberOfValues > 0 ? $"<{argument.Name}>"
                : argument.Arity.MaximumNumberOfValues > 1 ? $"[<{argument.Name}>...]" : $"[<{argument.Name}>]");
        string[] commands = command.Subcommands.Any(static sub => !sub.Hidden) ? ["[command]"] : [];
        return string.Join(' ', [path, .. commands, .. arguments]);
    }
}
