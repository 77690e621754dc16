using System.CommandLine;
using System.Text.RegularExpressions;
using CognitiveTools.Evals.Reports;
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
        Assert.Distinct(command.Options.Select(static option => option.Name));
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
        string[] steps = [.. lines.Where(static line => line.StartsWith("cogtools ", StringComparison.Ordinal) && !line.Contains('['))];
        Assert.Equal(5, steps.Length);
        Assert.Empty(CogtoolsCommand.Create().Parse("run show x").Errors);
        Assert.All(steps, static step => Assert.Empty(CogtoolsCommand.Create().Parse(step.Split("   ")[0]["cogtools ".Length..]).Errors));
    }

    [Fact]
    public async Task Every_kind_of_reasoner_has_a_table_of_its_settings()
    {
        var list = await CommandRun.OfAsync("reasoners");

        var tables = list.Output.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["cognitive", "cot", "cot-decoding", "direct", "heima", "latent", "maj", "pause", "recurrent", "recursive", "steer", "tools"],
            tables.Select(static table => table.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.All(tables, static table => Assert.Matches(@"^\S+: \S.*\.\n  setting +default +meaning\n  \S+ ", table));
        Assert.All(list.Output.Split('\n'), static line => Assert.InRange(line.Length, 0, 140));
        var latent = await CommandRun.OfAsync("reasoners", "latent");
        Assert.Contains(latent.Output.TrimEnd(), list.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, (await CommandRun.OfAsync("reasoners", "latnt")).ExitCode);
    }

    [Fact]
    public async Task Options_of_eval_and_commands_of_the_program_are_in_groups()
    {
        var (eval, root) = (await CommandRun.OfAsync("eval", "--help"), await CommandRun.OfAsync("--help"));

        Assert.Equal(Groups, Titles(eval.Output).Where(title => title is not ("Description" or "Usage")));
        Assert.Equal(
            ["Ask and compare", "Models and data", "Servers", "Installation", "Options"],
            Titles(root.Output).Where(title => title is not ("Description" or "Usage")));

        static IEnumerable<string> Titles(string help) => help.Split('\n').Where(line => line is [not ' ', ..] && line.EndsWith(':'))
            .Select(static line => line[..^1]);
    }

    private static readonly string[] Groups =
    [
        "What to compare", "Model", "Limits of one problem", "Limits of one session (the same command resumes the run)", "Output",
        "Cluster", "Engine (llama.cpp)", "Debugging and help",
    ];

    [Fact]
    public async Task Terms_are_explained_on_request_and_in_the_readme()
    {
        var readme = await File.ReadAllTextAsync(BundledFiles.Find("README.md"), TestContext.Current.CancellationToken);

        Assert.All(
            Glossary.Entries, entry => Assert.Contains($"| {entry.Term} | {entry.Meaning} |", readme, StringComparison.Ordinal));
        var text = Glossary.ToText(int.MaxValue);
        Assert.All(Glossary.Entries, entry => Assert.Contains(entry.Meaning, text, StringComparison.Ordinal));
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

    [GeneratedRegex(@"^(?<name>\S+)\s+(?<place>here|to get)\s+(size unknown|\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameAndPlace();
}
