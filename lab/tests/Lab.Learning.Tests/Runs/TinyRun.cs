using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Lab.Problems.Queens;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using Decoder = CognitiveTools.Lab.Learning.Networks.Decoder;

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
        using (var network = new Decoder(new DecoderShape(vocabulary.Count, 32, 2, 2, 32, 512), new SeededRandom(27)))
        using (var folder = new TemporaryFolder())
        {
            WeightsFile.Save(network, folder.File("weights.safetensors"));
            files["weights.safetensors"] = File.ReadAllBytes(folder.File("weights.safetensors"));
        }

        Write("graphs.bin", new GraphGenerator(24, heldOut: false).Draw().Take(60).Select(GraphGenerator.Converse));
        vocabulary = HeimaVocabulary.Build();
        Write("staged.bin", Corpus.Converse(Options(27) with { Formats = new Dictionary<string, int> { ["staged"] = 1 } }));
        vocabulary = OperationsVocabulary.Build();
        files["operations.txt"] = Encoding.UTF8.GetBytes(vocabulary.ToFile());
        Write("operations.bin", Corpus.Converse(Operations(25)));
        Write("longer.bin", Corpus.Converse(Operations(26) with { Split = Split.Longer }));
        Write("queens.bin", QueensGenerator.Converse(27, heldOut: false).Take(60));
        vocabulary = ConceptVocabulary.Build();
        files["concepts.txt"] = Encoding.UTF8.GetBytes(vocabulary.ToFile());
        files["coder.yaml"] = Encoding.UTF8.GetBytes(Coder);
        Write("lines.bin", Corpus.Converse(Lined(28)));
        Write("longer-lines.bin", Corpus.Converse(Lined(29) with { MostSteps = 4 }));
        using (var coder = new LineCoder(new LineCoderShape(vocabulary.Count, 16, 1, 2, 16, 32, 8), new SeededRandom(27)))
        using (var folder = new TemporaryFolder())
        {
            WeightsFile.Save(coder, folder.File("coder.safetensors"));
            files["coder.safetensors"] = File.ReadAllBytes(folder.File("coder.safetensors"));
        }

        return files;

        void Write(string name, IEnumerable<Conversation> conversations)
        {
            using var stream = new MemoryStream();
            Corpus.Write(stream, conversations, vocabulary);
            files[name] = stream.ToArray();
        }
    }

    private static CorpusOptions Options(ulong seed) => new() { Seed = seed, Count = 120, MostSteps = 2 };

    private static CorpusOptions Lined(ulong seed) => Options(seed) with
    {
        Families = ["power", "recurrence", "chain"],
        Formats = new Dictionary<string, int>(StringComparer.Ordinal) { ["lines"] = 1 },
    };

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
        ["boards"] = Latent("gram, steps: 2", Boards)
            .Replace("layers: 2", "kind: gram, side: 8, blocks: 1, inner: 1, transitions: 2, noise: learned", StringComparison.Ordinal)
            .Replace(", context: 512", "", StringComparison.Ordinal)
            .Replace("vocab.txt", "operations.txt", StringComparison.Ordinal),
        ["lines"] = Coder.Replace("name: coder", "name: tiny", StringComparison.Ordinal),
        ["concepts"] = Concepts("regression"),
        ["concepts, diffusion"] = Concepts("diffusion, levels: 8", ", inference: 3"),
        ["concepts, quantised"] = Concepts("quantised, levels: 2, entries: 4"),
        ["rows, of lines"] = Latent("next-token", Rows.Replace("solved.bin", "lines.bin", StringComparison.Ordinal))
            .Replace("vocab.txt", "concepts.txt", StringComparison.Ordinal),
        ["updates"] = Latent("group-policy, group: 4, passes: 2, limit: 12, reward: random", Updates),
        ["updates of a vector"] = Tuned("kind: vector, layer: 1", Latent("group-policy, group: 4, limit: 12, reward: random", Updates)),
        ["tokens, adapter"] = Tuned("kind: lora, rank: 2", Yaml),
        ["tokens, sparse code"] = Tuned(null, Yaml.Replace(
            "next-token", "sparse-code, layer: 1, features: 40, active: 4, deadAfter: 500", StringComparison.Ordinal)),
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

    private static string Boards => """
          kind: boards
          batches: 8
          corpus: queens.bin
          heldOut: queens.bin
          reportEvery: 3
          boards: 5
          trajectories: 3
        """;

    private static string Problems => """
          kind: problems
          problems: 40
          corpus: lines.bin
          heldOut: lines.bin
          reportEvery: 18
          examine: 4
        """;

    private static string Coder => Latent("lines, noise: 0.3", Problems)
        .Replace("name: tiny", "name: coder", StringComparison.Ordinal)
        .Replace("width: 32, layers: 2, heads: 2, hidden: 32, context: 512", "kind: lines, width: 16, layers: 1, heads: 2, hidden: 16, "
            + "context: 32, code: 8", StringComparison.Ordinal)
        .Replace("vocab.txt", "concepts.txt", StringComparison.Ordinal);

    private static string Concepts(string head, string settings = "") => Latent("concepts, coder: coder.yaml" + settings, Problems)
        .Replace("layers: 2", $"kind: concepts, head: {head}, layers: 1, code: 8", StringComparison.Ordinal)
        .Replace("context: 512", "context: 32", StringComparison.Ordinal)
        .Replace("vocab.txt", "concepts.txt", StringComparison.Ordinal);

    private static string Updates => """
          kind: updates
          corpus: solved.bin
          heldOut: solved.bin
          updates: 9
          reportEvery: 4
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

    private static string Tuned(string? tune, string run) =>
        "from: weights.safetensors\n" + (tune is null ? "" : $"tune: {{{tune}}}\n") + run;

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
        Train(folder, resume, steps);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["weights"] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Directory.GetFiles(output, "tiny.*")
                .Single(static file => Path.GetExtension(file) is ".safetensors" or ".gguf")))),
            ["log"] = string.Join('\n', File.ReadAllLines(Path.Combine(output, "tiny.log.jsonl")).Select(WithoutTime)),
        };
    }

    /// <summary>Runs it into a folder, in which the coder of lines is that the runs of concepts need.</summary>
    public void Train(string folder, bool resume = false, long? steps = null)
    {
        var output = _folder.File(folder);
        Directory.CreateDirectory(output);
        File.Copy(_folder.File("coder.safetensors"), Path.Combine(output, "coder.safetensors"), overwrite: true);
        using var run = new TrainingRun(RunFile.Read(RunPath), Corpora, output) { MostSteps = steps };
        run.Execute(resume, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    private static string WithoutTime(string line) => line[line.IndexOf(',', StringComparison.Ordinal)..];
}
