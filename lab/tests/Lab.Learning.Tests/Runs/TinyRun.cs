using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Runs;

/// <summary>A folder with small corpora and a run on them.</summary>
internal sealed class TinyRun : IDisposable
{
    // The same bytes for every test; to draw them anew would take longer than the runs.
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Files = new(Draw);

    private readonly TemporaryFolder _folder = new();

    public TinyRun(string? yaml = null)
    {
        foreach (var (name, content) in Files.Value)
            File.WriteAllBytes(_folder.File(name), content);
        File.WriteAllText(_folder.File("run.yaml"), yaml ?? Yaml);
    }

    private static Dictionary<string, byte[]> Draw()
    {
        var vocabulary = MiniVocabularyBuilder.Build(numbersWhole: true);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["vocab.txt"] = Encoding.UTF8.GetBytes(vocabulary.ToFile()),
            ["other.txt"] = Encoding.UTF8.GetBytes(AlchemyVocabulary.Build().ToFile()),
            ["heima.txt"] = Encoding.UTF8.GetBytes(HeimaVocabulary.Build().ToFile()),
        };
        Write("train.bin", Corpus.Converse(Options(21)));
        Write("held.bin", Corpus.Converse(Options(22)));
        Write("solved.bin", Corpus.Converse(Options(23) with { Formats = new Dictionary<string, int> { ["cot"] = 1 } }));
        Write("graphs.bin", new GraphGenerator(24, heldOut: false).Draw().Take(60).Select(GraphGenerator.Converse));
        vocabulary = HeimaVocabulary.Build();
        Write("staged.bin", Corpus.Converse(Options(27) with { Formats = new Dictionary<string, int> { ["staged"] = 1 } }));
        vocabulary = OperationsVocabulary.Build();
        files["operations.txt"] = Encoding.UTF8.GetBytes(vocabulary.ToFile());
        Write("operations.bin", Corpus.Converse(Operations(25)));
        Write("longer.bin", Corpus.Converse(Operations(26) with { Split = Split.Longer }));
        return files;

        void Write(string name, IEnumerable<Conversation> conversations)
        {
            using var stream = new MemoryStream();
            Corpus.Write(stream, conversations, vocabulary);
            files[name] = stream.ToArray();
        }
    }

    private static CorpusOptions Options(ulong seed) => new() { Seed = seed, Count = 120, MostSteps = 2 };

    private static CorpusOptions Operations(ulong seed) => new()
    {
        Seed = seed,
        Count = 60,
        Families = ["operations"],
        Formats = new Dictionary<string, int>(StringComparer.Ordinal) { ["cot"] = 1 },
    };

    /// <summary>Courses of every kind, each with an objective that it is for.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tokens"] = Yaml,
        ["stages"] = Latent("coconut", Stages),
        ["stages, control"] = Latent("pause", Stages),
        ["stages, steps decoded"] = Latent("step-decoded, layers: 1, weight: 0.5", Stages),
        ["stages, distilled"] = Latent("codi", Stages),
        ["rows"] = Latent("coconut, unit: token", Rows),
        ["rows, verbal"] = Latent("next-token", Rows),
        ["rows, easy ones first"] = Latent(
            "next-token", Rows.Replace("rows: 24}", "rows: 24, corpus: train.bin}", StringComparison.Ordinal)),
        ["rows, in stages"] = Latent("heima, weight: 0.5, blank: 0.3", Rows.Replace("solved.bin", "staged.bin", StringComparison.Ordinal))
            .Replace("vocab.txt", "heima.txt", StringComparison.Ordinal),
        ["graphs"] = Latent("superposition", Graphs),
        ["depths"] = InDepth("kind: recurrent, prelude: 1, core: 1, coda: 1, sigma: 0.6", "recurrent-depth, depth: 3, backprop: 2"),
        ["depths, stacks"] = InDepth(
            "kind: hrm, layersPerStack: 1, highCycles: 2, lowCycles: 1", "hrm-cycles, cycles: [{high: 1, low: 1}, {high: 2, low: 1}]"),
    };

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

    private static string Stages => """
          kind: stages
          corpus: solved.bin
          heldOut: solved.bin
          stages: [1, 2]
          reportEvery: 12
          problems: 5
          leastProblems: 12
          mostProblems: 24
          lastProblems: 24
        """;

    private static string Rows => """
          kind: rows
          corpus: solved.bin
          heldOut: solved.bin
          stages: [{thoughts: 1, rows: 24}, {thoughts: 2, rows: 36}]
          reportEvery: 18
          problems: 5
        """;

    private static string Graphs => """
          kind: graphs
          corpus: graphs.bin
          heldOut: graphs.bin
          thoughts: 2
          graphs: 60
          stageShare: 0.4
          reportEvery: 18
          problems: 5
        """;

    private static string Depths => """
          kind: depths
          tokens: 600
          corpus: operations.bin
          heldOut: operations.bin
          longer: longer.bin
          reportEvery: 200
          problems: 5
        """;

    private static string InDepth(string model, string objective) => Latent(objective, Depths)
        .Replace("layers: 2", model, StringComparison.Ordinal)
        .Replace("context: 512", "context: 32", StringComparison.Ordinal) // enough for the longest question, not for its work
        .Replace("vocab.txt", "operations.txt", StringComparison.Ordinal);

    private static string Latent(string objective, string course) =>
        Yaml[..Yaml.IndexOf("course:", StringComparison.Ordinal)].Replace("next-token", objective, StringComparison.Ordinal)
            + "course:\n" + course;

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
