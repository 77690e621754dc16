using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>A run as its YAML under <c>models/training/runs/</c> describes it.</summary>
internal sealed record RunFile
{
    private RunFile(YamlMap map, string folder)
    {
        map.Allow("name", "seed", "vocabulary", "from", "fromVocabulary", "model", "tune", "objective", "course", "batch", "rate", "decay");
        Folder = folder;
        Name = map.Required("name");
        Seed = (ulong)(map.Whole("seed", 0) ?? throw map.Wrong("seed", "is missing; a run needs it."));
        Vocabulary = Path.GetFullPath(map.Required("vocabulary"), folder);
        From = map.Text("from") is { } from ? Path.GetFullPath(from, folder) : null;
        Objective = map.Map("objective") ?? throw map.Wrong("objective", "is missing; write objective: {kind: next-token}.");
        Course = map.Map("course") ?? throw map.Wrong("course", "is missing; write course: {kind: tokens, ...}.");
        Tune = map.Map("tune");
        Batch = map.Whole("batch", 1) ?? throw map.Wrong("batch", "is missing; say how many conversations a step learns from.");
        Rate = map.Number("rate", 0) ?? throw map.Wrong("rate", "is missing; say the highest learning rate.");
        Decay = map.Number("decay", 0) ?? 0.1;
        Words = Read("vocabulary", Vocabulary);
        if (From is not null && !File.Exists(From))
            throw map.Wrong("from", $"there is no file '{From}'.");
        if (map.Text("fromVocabulary") is { } vocabulary)
        {
            if (From is null)
                throw map.Wrong("fromVocabulary", "is the vocabulary of the weights in 'from', which is missing.");
            FromRows = OtherVocabulary.Rows(Words, Read("fromVocabulary", Path.GetFullPath(vocabulary, folder)));
        }

        var model = map.Map("model") ?? throw map.Wrong("model", "is missing; write model: {width: 128, layers: 3, ...}.");
        Network = ModelSizes.Read(model, Words.Count);

        MiniVocabulary Read(string key, string path) => File.Exists(path)
            ? MiniVocabulary.Parse(Utf8TextReader.ReadFile(path, YamlText.MostBytes))
            : throw map.Wrong(key, $"there is no file '{path}'.");
    }

    /// <summary>Name of what it makes; its files begin with it.</summary>
    public string Name { get; private init; }

    /// <summary>Folder of the file, which paths in it begin at.</summary>
    public string Folder { get; }

    /// <summary>Fixes everything that is drawn.</summary>
    public ulong Seed { get; private init; }

    /// <summary>Path of the vocabulary.</summary>
    public string Vocabulary { get; }

    /// <summary>The vocabulary.</summary>
    public MiniVocabulary Words { get; }

    /// <summary>Weights that the run begins with; drawn when <see langword="null"/>.</summary>
    public string? From { get; }

    /// <summary>The row of their embeddings that each token begins with, when the weights have another vocabulary.</summary>
    public IReadOnlyList<int?>? FromRows { get; }

    /// <summary>Kind and sizes of the network.</summary>
    public NetworkShape Network { get; }

    /// <summary>Sizes of the network where it must be a decoder.</summary>
    /// <exception cref="InvalidDataException">It is of another kind.</exception>
    public DecoderShape Shape => Network as DecoderShape
        ?? throw new InvalidDataException($"The model of the run '{Name}' is not a decoder of llama's kind; this needs one.");

    /// <summary>What is minimised: <c>kind</c> and that kind's own keys.</summary>
    public YamlMap Objective { get; }

    /// <summary>What is learned in place of the network's weights: <c>kind</c> and that kind's own keys.</summary>
    public YamlMap? Tune { get; }

    /// <summary>What is learned when: <c>kind</c> and that kind's own keys.</summary>
    public YamlMap Course { get; }

    /// <summary>Conversations in a step.</summary>
    public int Batch { get; }

    /// <summary>The highest learning rate.</summary>
    public double Rate { get; }

    /// <summary>Weight decay of the matrices.</summary>
    public double Decay { get; }

    /// <summary>Refuses a course of another kind than the one that there is.</summary>
    /// <param name="kind">That kind.</param>
    /// <param name="purpose">What the course would be for.</param>
    /// <exception cref="InvalidDataException">It is of another kind.</exception>
    public void RequireCourse(string kind, string purpose)
    {
        if (Course.Required("kind") is var other && other != kind)
            throw Course.Wrong("kind", $"'{other}' is not a course for {purpose}; there is '{kind}'.");
    }

    /// <summary>Refuses an objective of another kind than the one that the model has, and keys that it does not have.</summary>
    /// <param name="kind">That kind.</param>
    /// <param name="keys">Its own keys.</param>
    /// <returns>The objective.</returns>
    /// <exception cref="InvalidDataException">It is of another kind, or has another key.</exception>
    public YamlMap RequireObjective(string kind, params ReadOnlySpan<string> keys)
    {
        Objective.Allow(["kind", .. keys]);
        return Objective.Required("kind") == kind
            ? Objective
            : throw Objective.Wrong("kind", $"the run's model needs the objective '{kind}'.");
    }

    /// <summary>A decoder of these sizes with weights that were kept; the caller disposes it.</summary>
    /// <param name="weights">The file.</param>
    /// <param name="rows">As <see cref="FromRows"/>, when the weights have another vocabulary.</param>
    public Decoder Load(string weights, IReadOnlyList<int?>? rows = null)
    {
        var network = new Decoder(Shape, SeededRandom.For(Seed, "weights"));
        WeightsFile.Load(network, weights, rows);
        return network;
    }

    /// <summary>Reads a corpus that the network can take.</summary>
    /// <param name="folder">Folder of the corpora.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="length">Positions that the network has for a row; the tokens of the whole conversation by default.</param>
    /// <exception cref="InvalidDataException">A conversation is longer than the context, or has a token that is not in the
    /// vocabulary.</exception>
    public TokenFile Open(string folder, string name, Func<TokenFile, int, int>? length = null)
    {
        var file = TokenFile.Read(Path.Combine(folder, name));
        length ??= static (file, row) => file.Length(row);
        for (var row = 0; row < file.Count; row++)
        {
            if (length(file, row) > Network.Context)
                throw new InvalidDataException(
                    $"{name}: conversation {row + 1} takes {length(file, row)} positions, the model of '{Name}' has {Network.Context}. "
                        + "Raise 'context' or write a corpus of shorter ones.");
            foreach (var id in file.Ids(row))
            {
                if (id >= Words.Count)
                    throw new InvalidDataException(
                        $"{name}: conversation {row + 1} has the token {id}, the vocabulary of the run '{Name}' has {Words.Count}. "
                            + "Write the corpus with the run's vocabulary.");
            }
        }

        return file;
    }

    /// <summary>Reads a run.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a run; the message names file, line and key.</exception>
    public static RunFile Read(string path) => File.Exists(path)
        ? new RunFile(YamlMap.ReadFile(path, "run"), Path.GetDirectoryName(Path.GetFullPath(path))!)
        : throw new FileNotFoundException($"There is no run '{path}'. The runs are in models/training/runs/.", path);

    /// <summary>The same run with another seed; its files are named <c>NAME-sSEED</c>.</summary>
    public RunFile WithSeed(int seed) => this with { Seed = (ulong)seed, Name = $"{Name}-s{seed}" };
}
