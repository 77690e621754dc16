using System.Diagnostics;

namespace CognitiveTools.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("mod", "models", "eval")]
    [InlineData("models ", "list", "ask")]
    [InlineData("ask --reas", "--reasoner", "--problems")]
    [InlineData("eval --suite ", "methods", "originals")]
    [InlineData("eval --problems ", "originals", "methods")]
    [InlineData("ask -m ", "mini", "methods")]
    public async Task The_parser_proposes_what_can_stand_at_the_end_of_a_line(string line, string proposed, string notProposed)
    {
        var run = await CommandRun.OfAsync($"[suggest:{line.Length}]", line);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        var proposals = run.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Contains(proposed, proposals);
        Assert.DoesNotContain(notProposed, proposals);
    }

    [Theory]
    [InlineData("run show ")]
    [InlineData("run report ")]
    [InlineData("run compare ")]
    [InlineData("run compare other ")]
    [InlineData("run replay ")]
    [InlineData("run regrade ")]
    [InlineData("run export ")]
    [InlineData("data check-traces ")]
    [InlineData("view ")]
    [InlineData("view other ")]
    public async Task The_names_of_stored_runs_are_proposed(string line)
    {
        var folder = Directory.CreateTempSubdirectory("cogtools-complete-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "runs", "no-run"));
            var run = Directory.CreateDirectory(Path.Combine(folder.FullName, "runs", "my-run")).FullName;
            await File.WriteAllTextAsync(Path.Combine(run, "run.json"), "{}", TestContext.Current.CancellationToken);

            var proposals = (await CogtoolsProcess.RunInAsync(folder.FullName, [$"[suggest:{line.Length}]", line])).Output.Split('\n');

            Assert.Contains("my-run", proposals);
            Assert.DoesNotContain("no-run", proposals);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _cogtools cogtools")]
    [InlineData("zsh", "compdef _cogtools cogtools")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName cogtools")]
    public async Task Every_shell_has_a_script_that_registers_the_completion(string shell, string registration)
    {
        var run = await CommandRun.OfAsync("completion", shell);

        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains(registration, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_shell_is_refused_with_those_there_are()
    {
        var run = await CommandRun.OfAsync("completion", "tcsh");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.All(["bash", "zsh", "pwsh"], shell => Assert.Contains(shell, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cogtools mod", 1, "models")]
    [InlineData("cogtools models pat", 2, "path")]
    [InlineData("cogtools ask --reas", 2, "--reasoner")]
    public async Task In_bash_the_script_completes_a_word(string line, int word, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no /bin/bash; run this on a machine with bash");
        var script = (await CommandRun.OfAsync("completion", "bash")).Output;
        var program = typeof(ExitCodes).Assembly.Location;
        var words = string.Join(' ', line.Split(' ').Select(static part => $"'{part}'"));

        // The function in place of the program on the search path; the shell's own variables as it sets them for a Tab at the line's end.
        var start = new ProcessStartInfo("/bin/bash", ["--noprofile", "--norc", "-s"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteLineAsync($"cogtools() {{ dotnet '{program}' \"$@\"; }}");
        await bash.StandardInput.WriteLineAsync(script);
        await bash.StandardInput.WriteLineAsync($"COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=({words}); COMP_CWORD={word}");
        await bash.StandardInput.WriteLineAsync("_cogtools; printf '%s\\n' \"${COMPREPLY[@]}\"");
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, output.Trim());
    }
}
