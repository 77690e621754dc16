namespace CognitiveTools.Cli.Tests;

/// <summary>Folders of runs that are none: every message names the file, what is wrong with it, and what to do.</summary>
public sealed class OddRunFolderTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private static readonly string[] DotNetWords =
        ["BytePosition", "Path: $", "System.", "CognitiveTools.Evals", "deserialization", "JSON value", "tokens", "Could not find a part"];

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n", "the file is empty")]
    [InlineData("{", "the text is not valid JSON")]
    [InlineData("# A page", "the text is not valid JSON")]
    [InlineData("[]", "it holds a list")]
    [InlineData("null", "it holds null")]
    [InlineData("3", "it holds a number")]
    [InlineData("{}", "It lacks")]
    [InlineData("""{"v":99}""", "key 'v' is 99, this program reads up to 2. Use a newer cogtools.")]
    [InlineData("""{"v":"two"}""", "The key 'v' has a value of another kind.")]
    [InlineData("""{"v":2,"v":2}""", "The key 'v' is there twice.")]
    [InlineData("""{"v":2,"id":["x"]}""", "The key 'id' has a value of another kind.")]
    public async Task A_header_that_is_none_is_named_with_what_it_is_and_a_remedy(string header, string expected)
    {
        var folder = Directory.CreateDirectory(files.PathOf($"odd{Guid.NewGuid():N}")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "run.json"), header, TestContext.Current.CancellationToken);

        foreach (var run in (CommandRun[])[await EvalAsync(folder), await CommandRun.OfAsync("run", "show", folder)])
        {
            Assert.Equal(ExitCodes.BadInput, run.ExitCode);
            Assert.Contains(Path.Combine(folder, "run.json"), run.Error, StringComparison.Ordinal);
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
            Assert.Matches("Restore the file or choose another run directory|Use a newer cogtools", run.Error);
            Assert.All(DotNetWords, word => Assert.DoesNotContain(word, run.Error, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("file", "is a file")]
    [InlineData("file/below", "is a file")]
    [InlineData("/proc/x", "the system allows no new folder there")]
    [InlineData("/dev/null", "is a file")]
    public async Task A_folder_that_cannot_be_made_is_refused_by_the_option(string folder, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the paths are Linux's; run this on Linux");
        await File.WriteAllTextAsync(files.PathOf("file"), "", TestContext.Current.CancellationToken);
        var path = folder[0] == '/' ? folder : files.PathOf(folder);

        var run = await EvalAsync(path);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains($"The run directory '{path}' cannot be made", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("--run", run.Error, StringComparison.Ordinal);
        Assert.All(DotNetWords, word => Assert.DoesNotContain(word, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_units_that_is_none_is_named_with_its_number()
    {
        var folder = files.PathOf("lines");
        await EvalAsync(folder);
        await File.AppendAllTextAsync(Path.Combine(folder, "units.jsonl"), "{\"v\":77}\n", TestContext.Current.CancellationToken);

        var show = await CommandRun.OfAsync("run", "show", folder);

        Assert.Contains("units.jsonl:2: key 'v' is 77", show.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_selection_of_problems_is_the_cause_and_the_donors_are_not_named()
    {
        var folder = files.PathOf("selection");
        await EvalAsync(folder, "--take", "1");

        var again = await EvalAsync(folder, "--take", "2");

        Assert.Equal(ExitCodes.BadInput, again.ExitCode);
        Assert.Contains("is another one: take was 1 and is 2; number of problems was 1 and is 2", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("donors", again.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> EvalAsync(string folder, params string[] more) => CommandRun.OfAsync(
        ["eval", "-m", files.Model, "-p", files.Problems, "-a", "direct", "--threads", "1", "--max-tokens", "4", "--run", folder,
            .. more.Length > 0 ? more : ["--take", "1"]]);
}
