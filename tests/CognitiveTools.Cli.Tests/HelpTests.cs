using System.CommandLine;
using System.Text.RegularExpressions;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Cli.Tests;

public sealed partial class HelpTests
{
    public static TheoryData<string> Commands => [.. Paths(CogtoolsCommand.Create(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_every_command_describes_it_its_commands_arguments_and_options(string path)
    {
        string[] names = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Command command = CogtoolsCommand.Create();
        foreach (var name in names)
            command = command.Subcommands.Single(c => c.Name == name);

        var help = await CommandRun.OfAsync([.. names, "--help"]);

        Assert.Equal((ExitCodes.Success, ""), (help.ExitCode, help.Error));
        var text = OneLine(help.Output);
        Symbol[] symbols = [command, .. command.Subcommands, .. command.Arguments, .. command.Options];
        foreach (var symbol in symbols.Where(static s => !s.Hidden))
        {
            Assert.False(string.IsNullOrWhiteSpace(symbol.Description), $"{path}: {symbol.Name} has no description");
            Assert.Contains(OneLine(symbol.Description), text, StringComparison.Ordinal);
            if (symbol != command && symbol is not Argument)
                Assert.Matches($@"(?m)^\s+(-\S, )*{Regex.Escape(symbol.Name)}\b", help.Output);
        }
    }

    [Fact]
    public async Task The_first_steps_that_help_shows_are_commands_and_options_there_are()
    {
        var help = await CommandRun.OfAsync("--help");

        var lines = help.Output.Split('\n').Select(static line => line.Trim());
        string[] steps = [.. lines.Where(static line => line.StartsWith("cogtools ", StringComparison.Ordinal))];
        Assert.Equal(5, steps.Length);
        Assert.All(steps, static step => Assert.Empty(CogtoolsCommand.Create().Parse(step.Split("   ")[0]["cogtools ".Length..]).Errors));
    }

    [Fact]
    public async Task Every_kind_of_reasoner_has_a_line_with_its_settings()
    {
        var list = await CommandRun.OfAsync("reasoners");

        Match[] lines = [.. list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => KindAndText().Match(line))];
        Assert.All(lines, static line => Assert.True(line.Success, line.Value));
        Assert.Equal(
            ["cognitive", "cot", "cot-decoding", "direct", "latent", "maj", "pause", "recurrent", "steer", "tools"],
            lines.Select(static line => line.Groups["kind"].Value).Order(StringComparer.Ordinal));
        Assert.All(lines, static line => Assert.Contains("etting", line.Groups["text"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_model_of_the_catalog_has_a_line_that_says_whether_it_is_here()
    {
        var store = new ModelStore(ModelCatalog.Load());

        var list = await CommandRun.OfAsync("models", "list");

        Assert.Equal(ExitCodes.Success, list.ExitCode);
        var lines = list.Output.Split('\n').Select(static line => NameAndPlace().Match(line)).Where(static line => line.Success);
        Assert.Equal(
            store.Catalog.Entries.Select(entry => (entry.Name, store.Resolve(entry.Name).IsPresent ? "here" : "to get")),
            lines.Select(static line => (line.Groups["name"].Value, line.Groups["place"].Value)));
    }

    private static IEnumerable<string> Paths(Command command, string path) => command.Subcommands
        .Where(static c => !c.Hidden)
        .SelectMany(c => Paths(c, $"{path} {c.Name}".Trim()))
        .Prepend(path);

    private static string OneLine(string text) => Whitespace().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"^(?<kind>\S+)\s{2,}(?<text>\S.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KindAndText();

    [GeneratedRegex(@"^(?<name>\S+)\s+(?<place>here|to get)\s+(size unknown|\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameAndPlace();
}
