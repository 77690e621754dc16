using System.Globalization;
using CognitiveTools.TestModels;

namespace CognitiveTools.Cli.Tests;

/// <summary>A tiny random model and a problem file in a folder of their own.</summary>
public sealed class TinyFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-cli-");

    public TinyFiles()
    {
        Model = TinyModel.Write(Path.Combine(_folder.FullName, "tiny.gguf"), seed: 7, new TinyModelOptions { Context = 2048 });
        Problems = Path.Combine(_folder.FullName, "problems.jsonl");
        File.WriteAllLines(Problems, Enumerable.Range(1, 3).Select(i =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"p{{i}}","problem":"What is {{i}} + {{i}}?","answer":"{{2 * i}}","topic":"sums"}""")));
    }

    public string Model { get; }

    public string Problems { get; }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
