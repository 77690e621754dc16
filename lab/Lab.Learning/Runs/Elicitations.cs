using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>Reads objectives that begin with a trained network, and what a run learns in place of a network's weights.</summary>
internal static class Elicitations
{
    /// <summary>Kinds of objective.</summary>
    public const string PolicyKind = "group-policy", SparseKind = "sparse-code";

    private const string VectorKind = "vector", LowRankKind = "lora";

    /// <summary>Reads <c>tune</c>.</summary>
    /// <returns><see langword="null"/> when the weights are learned.</returns>
    public static ITuning? Tuning(RunFile run, Decoder network)
    {
        if (run.Tune is not { } map)
            return null;
        RequireWeights(run);
        switch (map.Required("kind"))
        {
            case VectorKind:
                map.Allow("kind", "layer");
                return new AddedVector(Layer(run, map, "the vector is added"), network);
            case LowRankKind:
                map.Allow("kind", "rank", "alpha");
                var rank = map.Whole("rank", 1) ?? 8;
                return new LowRank(network, rank, map.Number("alpha", 0) ?? 2 * rank, SeededRandom.For(run.Seed, "adapter"));
            case var other:
                throw map.Wrong("kind", $"there is no '{other}' to tune; there are '{VectorKind}' and '{LowRankKind}'.");
        }
    }

    /// <summary>Reads a policy.</summary>
    public static GroupPolicy Policy(RunFile run)
    {
        var map = run.Objective;
        map.Allow("kind", "group", "clip", "passes", "temperature", "first", "limit", "reward", "thoughts", "noise", "think");
        var usual = new PolicySettings();
        var thoughts = map.Whole("thoughts", 0) ?? usual.Thoughts;
        if (thoughts == 0 && map.Keys.FirstOrDefault(static key => key is "noise" or "think") is { } key)
            throw map.Wrong(key, "is about thoughts, of which there are none. Write thoughts: N, or leave it out.");
        var temperature = map.Number("temperature", 0.01) ?? usual.Temperature.Others;
        return new GroupPolicy(run.Words, new PolicySettings
        {
            Group = map.Whole("group", 2) ?? usual.Group,
            Clip = map.Number("clip", 0, 1) ?? usual.Clip,
            Passes = map.Whole("passes", 1) ?? usual.Passes,
            Temperature = new(map.Number("first", 0.01) ?? temperature, temperature),
            Limit = map.Whole("limit", 1) ?? usual.Limit,
            Thoughts = thoughts,
            Noise = map.Number("noise", 0) ?? usual.Noise,
            IsPause = map.Text("think") switch
            {
                null or "hidden" => false,
                "pause" => true,
                var other => throw map.Wrong("think", $"there is no thought '{other}'; there are hidden and pause."),
            },
            IsRandom = map.Text("reward") switch
            {
                null or "answer" => false,
                "random" => true,
                var other => throw map.Wrong("reward", $"'{other}' is not a reward; there are answer and random."),
            },
        });
    }

    /// <summary>Reads a sparse autoencoder.</summary>
    public static SparseCode Code(RunFile run, torch.Device device)
    {
        var map = run.Objective;
        RequireWeights(run);
        map.Allow("kind", "layer", "features", "active", "spare", "deadAfter");
        var layer = Layer(run, map, "the stream is read");
        var features = map.Whole("features", 2) ?? 4 * run.Shape.Width;
        var active = map.Whole("active", 1) ?? 8;
        if (active > features)
            throw map.Wrong("active", $"is {active}, of {features} features.");
        return new SparseCode(layer, run.Shape.Width, features, active, SeededRandom.For(run.Seed, "features"), device: device)
        {
            Spare = map.Whole("spare", 1) ?? run.Shape.Width / 2,
            DeadAfter = map.Whole("deadAfter", 1) ?? 100_000,
        };
    }

    private static int Layer(RunFile run, YamlMap map, string what)
    {
        var layer = map.Whole("layer", 1) ?? throw map.Wrong("layer", $"is missing; say behind which layer {what}.");
        return layer < run.Shape.Layers
            ? layer
            : throw map.Wrong("layer", $"is {layer}; a network of {run.Shape.Layers} layers has 1 to {run.Shape.Layers - 1}.");
    }

    private static void RequireWeights(RunFile run)
    {
        if (run.From is null)
            throw new InvalidDataException(
                $"The run '{run.Name}' leaves the network's weights as they are, but names none. Write from: FILE.safetensors.");
    }
}
