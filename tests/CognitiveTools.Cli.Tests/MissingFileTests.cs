namespace CognitiveTools.Cli.Tests;

/// <summary>A message about a file or a folder that is missing names the option that gave the path, in every command.</summary>
public sealed class MissingFileTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Theory]
    [InlineData("models render --template MISSING --messages PROBLEMS", "--template is 'MISSING', and there is no such file.")]
    [InlineData("models render --template PROBLEMS --messages MISSING", "--messages is 'MISSING', and there is no such file.")]
    [InlineData("models render --template FOLDER --messages PROBLEMS", "--template is 'FOLDER', which is a folder. Give a file.")]
    [InlineData("models render -m MODEL --messages PROBLEMS --tools MISSING", "--tools is 'MISSING', and there is no such file.")]
    [InlineData("models render -m MISSING --messages MESSAGES", "--model: There is no model and no file 'MISSING'")]
    [InlineData("models steer --pairs MISSING --out FOLDER/v.gguf -m MODEL", "--pairs is 'MISSING', and there is no such file.")]
    [InlineData("models steer --sae MISSING --feature 1 --out FOLDER/v.gguf -m MODEL", "--sae is 'MISSING', and there is no such file.")]
    [InlineData("models steer --pairs PROBLEMS --out MISSING/v -m MODEL", "--out is 'MISSING/v', and there is no folder 'MISSING'.")]
    [InlineData("models steer --pairs PROBLEMS --out FOLDER -m MODEL", "--out is 'FOLDER', which is a folder.")]
    [InlineData("run export x -f csv --out MISSING/t.csv", "--out is 'MISSING/t.csv', and there is no folder 'MISSING'.")]
    [InlineData("data check-traces x -p MISSING", "--problems is 'MISSING', and there is no such file.")]
    [InlineData("data check-traces -p PROBLEMS -r MISSING", "--responses is 'MISSING', and there is no such file.")]
    [InlineData("data import own --from MISSING", "--from: ")]
    [InlineData("grade -p PROBLEMS -r MISSING", "--responses: ")]
    [InlineData("grade -p MISSING -r ANSWERS", "--problems: ")]
    [InlineData("eval --suite MISSING", "--suite: There is no file and no suite 'MISSING'.")]
    [InlineData("eval -m MODEL -a direct -p MISSING", "--problems: There is no file and no problem set 'MISSING'.")]
    [InlineData("eval -m MISSING -a direct -p PROBLEMS", "--model: There is no model and no file 'MISSING'.")]
    [InlineData("ask x -m MISSING", "--model: There is no model and no file 'MISSING'.")]
    [InlineData("ask x -m MODEL --profile MISSING", "--profile: ")]
    [InlineData("ask x -m MODEL --chat-template MISSING", "--chat-template is 'MISSING', and there is no such file.")]
    [InlineData("ask x -m MODEL --natives MISSING", "--natives")]
    [InlineData("eval -m MODEL -a direct -p PROBLEMS --run PROBLEMS", "--run")]
    [InlineData("eval -m MODEL -a direct -p PROBLEMS --cache PROBLEMS", "--cache")]
    public async Task The_option_is_named(string command, string expected)
    {
        var missing = files.PathOf("missing/file");
        await File.WriteAllTextAsync(
            files.PathOf("answers.jsonl"), """{"id": "p1", "text": "ANSWER: 2"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            files.PathOf("chat.json"), """[{"role": "user", "content": "Hi"}]""", TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync([.. command.Split(' ').Select(Fill)]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(Fill(expected), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not find", run.Error, StringComparison.Ordinal);

        string Fill(string word) => word.Replace("MISSING", missing, StringComparison.Ordinal)
            .Replace("PROBLEMS", files.Problems, StringComparison.Ordinal).Replace("MODEL", files.Model, StringComparison.Ordinal)
            .Replace("ANSWERS", files.PathOf("answers.jsonl"), StringComparison.Ordinal)
            .Replace("MESSAGES", files.PathOf("chat.json"), StringComparison.Ordinal)
            .Replace("FOLDER", Path.GetDirectoryName(files.Model)!, StringComparison.Ordinal);
    }
}
