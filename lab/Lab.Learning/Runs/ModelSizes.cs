using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>The part <c>model</c> of a run's file: <c>kind</c> (a llama decoder when it is absent) and that kind's sizes.</summary>
internal static class ModelSizes
{
    private const string RecurrentKind = "recurrent", HrmKind = "hrm";

    /// <summary>Reads the sizes.</summary>
    /// <param name="map">The part.</param>
    /// <param name="vocabulary">Tokens.</param>
    /// <exception cref="InvalidDataException">There is no such kind, or a key of it is wrong.</exception>
    public static NetworkShape Read(YamlMap map, int vocabulary) => map.Text("kind") switch
    {
        null => Decoder(map, vocabulary),
        RecurrentKind => Recurrent(map, vocabulary),
        HrmKind => Hrm(map, vocabulary),
        var other => throw map.Wrong("kind", $"there is no model '{other}'; there are '{RecurrentKind}', '{HrmKind}', and without a kind "
            + "a decoder of llama's."),
    };

    private static DecoderShape Decoder(YamlMap map, int vocabulary)
    {
        map.Allow("width", "layers", "heads", "hidden", "context");
        return Split(map, 2, new DecoderShape(
            vocabulary, Size(map, "width"), Size(map, "layers"), Size(map, "heads"), Size(map, "hidden"), Size(map, "context")));
    }

    private static RecurrentShape Recurrent(YamlMap map, int vocabulary)
    {
        map.Allow("kind", "width", "heads", "hidden", "context", "prelude", "core", "coda", "sigma", "unrolled");
        return Split(map, 1, new RecurrentShape(
            vocabulary, Size(map, "width"), Size(map, "heads"), Size(map, "hidden"), Size(map, "context"), Size(map, "prelude"),
            Size(map, "core"), Size(map, "coda"), map.Number("sigma", 0) ?? 0) { Unrolled = map.Flag("unrolled") ?? false });
    }

    private static HrmShape Hrm(YamlMap map, int vocabulary)
    {
        map.Allow(
            "kind", "width", "heads", "hidden", "context", "layersPerStack", "highCycles", "lowCycles", "ropeBase", "embeddingScale");
        return Split(map, 2, new HrmShape(
            vocabulary, Size(map, "width"), Size(map, "heads"), Size(map, "hidden"), Size(map, "context"), Size(map, "layersPerStack"),
            Size(map, "highCycles"), Size(map, "lowCycles"))
        {
            RopeBase = map.Number("ropeBase", 1) ?? 10000,
            EmbeddingScale = map.Number("embeddingScale", 0.001) ?? 1,
        });
    }

    // Rotary positions turn pairs, so that they need heads of even size.
    private static TShape Split<TShape>(YamlMap map, int parts, TShape shape)
        where TShape : NetworkShape => shape.Width % (parts * shape.Heads) == 0
        ? shape
        : throw map.Wrong(
            "heads", $"{shape.Heads} heads do not split the width {shape.Width} into {(parts == 2 ? "even" : "equal")} sizes.");

    private static int Size(YamlMap map, string key) => map.Whole(key, 1) ?? throw map.Wrong(key, "is missing; a model needs it.");
}
