using System.CommandLine;
using System.CommandLine.Help;

namespace CognitiveTools.Cli.Help;

/// <summary>The layout of <c>--help</c>: description, usage and arguments as the library has them, then commands and options by group.
/// </summary>
internal static class GroupedHelp
{
    /// <summary>Sets the layout for a program and all of its commands.</summary>
    public static void Use(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        ((HelpAction)help.Action!).Builder.CustomizeLayout(Layout);
    }

    private static IEnumerable<Func<HelpContext, bool>> Layout(HelpContext context)
    {
        yield return HelpBuilder.Default.SynopsisSection();
        yield return HelpBuilder.Default.CommandUsageSection();
        yield return HelpBuilder.Default.CommandArgumentsSection();
        foreach (var group in Grouped(context.Command.Subcommands, "Commands"))
            yield return Section(group);
        foreach (var group in Grouped(OptionsOf(context.Command), "Options"))
            yield return Section(group);
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

    private static Func<HelpContext, bool> Section(IGrouping<string, Symbol> group) => context =>
    {
        context.Output.WriteLine($"{group.Key}:");
        context.HelpBuilder.WriteColumns([.. group.Select(symbol => context.HelpBuilder.GetTwoColumnRow(symbol, context))], context);
        return true;
    };
}
