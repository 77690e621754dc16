using System.CommandLine;

namespace CognitiveTools.Cli.Tests;

/// <summary>Names that changed work for one more version: hidden, with one line on standard error.</summary>
public sealed class FormerNameTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    public static TheoryData<string> Commands => ["list", "compare", "regrade", "replay", "export", "report"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_old_command_does_what_the_new_one_does_and_names_it(string name)
    {
        string[] arguments = name == "export" ? ["no-such-run", "--format", "csv"] : ["no-such-run"];

        var (former, now) = (await CommandRun.OfAsync([name, .. arguments]), await CommandRun.OfAsync(["run", name, .. arguments]));

        Assert.Equal((now.ExitCode, now.Output), (former.ExitCode, former.Output));
        Assert.Equal(Warning(name, $"run {name}") + Environment.NewLine + now.Error, former.Error);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_old_command_has_every_option_of_the_new_one_and_is_not_listed(string name)
    {
        Command root = CogtoolsCommand.Create();
        var (former, now) = (Find(root, name), Find(Find(root, "run"), name));

        Assert.Equal(Symbols(now), Symbols(former));
        Assert.DoesNotMatch($@"(?m)^\s+{name}\b", (await CommandRun.OfAsync("--help")).Output);
        Assert.DoesNotContain(name, (await CommandRun.OfAsync("[suggest:9]", "cogtools ")).Output.ReplaceLineEndings("\n").Split('\n'));

        static Command Find(Command command, string name) => command.Subcommands.Single(c => c.Name == name);
        static string[] Symbols(Command command) => [.. command.Arguments.Select(a => a.Name), .. command.Options.Select(o => o.Name)];
    }

    [Theory]
    [InlineData("--run-positions", "--session-positions")]
    [InlineData("--run-minutes", "--session-minutes")]
    public async Task An_old_option_limits_the_session_and_names_the_new_one(string former, string now)
    {
        string[] eval = ["eval", "-m", files.Model, "-p", files.Problems, "-a", "direct", "--max-tokens", "2", "--threads", "1", "-c", "1"];

        var run = await CommandRun.OfAsync([.. eval, "--run", files.PathOf(former), former, now == "--session-minutes" ? "0.001" : "1"]);
        var both = await CommandRun.OfAsync([.. eval, former, "1", now, "1"]);

        Assert.Contains(Warning(former, now), run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, both.ExitCode);
        Assert.Contains($"{former} is the old name of {now}, and both are given.", both.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(former, (await CommandRun.OfAsync("eval", "--help")).Output, StringComparison.Ordinal);
        if (now == "--session-positions")
            Assert.Equal(ExitCodes.Attention, run.ExitCode);
    }

    private static string Warning(string former, string now) =>
        $"cogtools: '{former}' is now '{now}'; the next version removes the old name.";
}
