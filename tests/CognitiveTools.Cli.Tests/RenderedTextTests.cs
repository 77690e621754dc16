namespace CognitiveTools.Cli.Tests;

/// <summary><c>cogtools models render</c> into a file or a pipe.</summary>
public sealed class RenderedTextTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("render");

    [Fact]
    public async Task Every_character_of_a_conversation_arrives_as_it_is()
    {
        await File.WriteAllTextAsync(
            Path("messages.json"), """[{"role": "user", "content": "A\u2028B\u007f\u001b[31mC\u0000D\r\nE\tF\u202e"}]""", Token);
        await File.WriteAllTextAsync(Path("template.jinja"), "{% for m in messages %}{{ m.content }}{% endfor %}", Token);

        var run = await CommandRun.OfAsync(
            "models", "render", "--template", Path("template.jinja"), "--messages", Path("messages.json"));

        Assert.Equal(("A\u2028B\u007f\u001b[31mC\0D\r\nE\tF\u202e", ""), (run.Output, run.Error));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
