using System.Text;

namespace CognitiveTools.Cli.Tests;

/// <summary><c>cogtools models path</c>: the path of a file that can be loaded, or what is wrong with it and the remedy.</summary>
public sealed class ModelPathTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private static readonly byte[] Pointer = Encoding.ASCII.GetBytes(
        $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 12345\n");

    [Fact]
    public async Task A_sound_file_is_printed_and_nothing_else()
    {
        var run = await CommandRun.OfAsync("models", "path", files.Model);

        Assert.Equal((files.Model + Environment.NewLine, "", ExitCodes.Success), (run.Output, run.Error, run.ExitCode));
    }

    [Theory]
    [InlineData("pointer", "run `git lfs pull`")]
    [InlineData("empty", "the file is empty. Get the model again")]
    [InlineData("short", "The file is damaged or incomplete: download or build it again.")]
    [InlineData("truncated", "go beyond the end of the file")]
    [InlineData("other", "This is not a GGUF model: choose a .gguf file")]
    public async Task A_file_that_cannot_be_loaded_is_refused_with_the_remedy_as_ask_does(string kind, string expected)
    {
        var whole = await File.ReadAllBytesAsync(files.Model, TestContext.Current.CancellationToken);
        var path = files.PathOf(kind + ".gguf");
        await File.WriteAllBytesAsync(
            path,
            kind switch
            {
                "pointer" => Pointer,
                "empty" => [],
                "short" => whole[..6],
                "truncated" => whole[..^64],
                _ => [.. "{\"not\": \"a model\"}"u8],
            },
            TestContext.Current.CancellationToken);

        foreach (var run in (CommandRun[])
        [
            await CommandRun.OfAsync("models", "path", path),
            await CommandRun.OfAsync("models", "path", $"{files.Model}+lora={path}"),
            await CommandRun.OfAsync("models", "get", path),
            await CommandRun.OfAsync("ask", "Hi", "-r", "direct", "-m", path, "--threads", "1"),
        ])
        {
            Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
            Assert.Contains(path, run.Error, StringComparison.Ordinal);
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        }
    }
}
