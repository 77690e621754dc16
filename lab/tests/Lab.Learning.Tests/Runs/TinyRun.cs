using System.Security.Cryptography;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Runs;

/// <summary>A folder with small corpora and a run on them.</summary>
internal sealed class TinyRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyRun(string? yaml = null)
    {
        var vocabulary = MiniVocabularyBuilder.Build(numbersWhole: true);
        File.WriteAllText(_folder.File("vocab.txt"), vocabulary.ToFile());
        Write("train.bin", 21);
        Write("held.bin", 22);
        File.WriteAllText(_folder.File("run.yaml"), yaml ?? Yaml);

        void Write(string name, ulong seed)
        {
            using var file = File.Create(_folder.File(name));
            Corpus.Write(file, Corpus.Converse(new CorpusOptions { Seed = seed, Count = 120, MostSteps = 2 }), vocabulary);
        }
    }

    public static string Yaml => """
        name: tiny
        seed: 7
        vocabulary: vocab.txt
        model: {width: 32, layers: 2, heads: 2, hidden: 32, context: 512}
        objective: {kind: next-token}
        batch: 6
        rate: 0.003
        decay: 0.02
        course:
          kind: tokens
          tokens: 12000
          phases: [{until: 0.5, corpus: train.bin}, {until: 1, corpus: held.bin}]
          heldOut: held.bin
          reportEvery: 5000
          evaluate: [cot, examine]
          problems: 4
          limit: 8
        """;

    public string RunPath => _folder.File("run.yaml");

    public string Corpora => _folder.Path;

    /// <summary>Runs it into a folder and returns the files that it left, without times.</summary>
    public Dictionary<string, string> Execute(string folder, bool resume = false, long? steps = null)
    {
        var output = _folder.File(folder);
        using var run = new TrainingRun(RunFile.Read(RunPath), Corpora, output) { MostSteps = steps };
        run.Execute(resume, TestContext.Current.CancellationToken);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["weights"] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(output, "tiny.safetensors")))),
            ["log"] = string.Join('\n', File.ReadAllLines(Path.Combine(output, "tiny.log.jsonl")).Select(WithoutTime)),
        };
    }

    public void Dispose() => _folder.Dispose();

    private static string WithoutTime(string line) => line[line.IndexOf(',', StringComparison.Ordinal)..];
}
