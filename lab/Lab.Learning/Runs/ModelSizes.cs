using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>The part <c>model</c> of a run's file: <c>kind</c> (a llama decoder when it is absent) and that kind's sizes.</summary>
internal static class ModelSizes
{
    private const string RecurrentKind = "recurrent", HrmKind = "hrm", GramKind = "gram", LinesKind = "lines", ConceptsKind = "concepts";

    /// <summary>Reads the sizes.</summary>
    /// <param name="map">The part.</param>
    /// <param name="vocabulary">Tokens.</param>
    /// <exception cref="InvalidDataException">There is no such kind, or a key of it is wrong.</exception>
    public static NetworkShape Read(YamlMap map, int vocabulary) => map.Text("kind") switch
    {
        null => Decoder(map, vocabulary),
        RecurrentKind => Recurrent(map, vocabulary),
        HrmKind => Hrm(map, vocabulary),
        GramKind => Gram(map),
        LinesKind => Lines(map, vocabulary),
        ConceptsKind => Concepts(map, vocabulary),
        var other => throw map.Wrong("kind", $"there is no model '{other}'; there are '{RecurrentKind}', '{HrmKind}', '{GramKind}', "
            + $"'{LinesKind}', '{ConceptsKind}', and without a kind a decoder of llama's."),
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
        var shape = new RecurrentShape(
            vocabulary, Size(map, "width"), Size(map, "heads"), Size(map, "hidden"), Size(map, "context"), Size(map, "prelude"),
            Size(map, "core"), Size(map, "coda"), map.Number("sigma", 0) ?? 0);
        return Split(map, 1, shape with { Unrolled = map.Flag("unrolled") ?? false });
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

    private static GramShape Gram(YamlMap map)
    {
        map.Allow("kind", "side", "width", "heads", "hidden", "blocks", "inner", "transitions", "noise", "sigma");
        var name = map.Required("noise");
        if (!Enum.TryParse<GramNoise>(name, ignoreCase: true, out var noise))
            throw map.Wrong("noise", $"there is no noise '{name}'; there are learned, fixed, start and none.");
        var sigma = map.Number("sigma", 0) ?? 0;
        if (noise is GramNoise.Fixed or GramNoise.Start != sigma > 0)
            throw map.Wrong(
                "sigma",
                $"the noise '{name}' {(sigma > 0 ? "has no sigma that is set; leave it out" : "needs a sigma above 0")}.");
        return Split(map, 1, new GramShape(
            Size(map, "side"), Size(map, "width"), Size(map, "heads"), Size(map, "hidden"), Size(map, "blocks"), Size(map, "inner"),
            Size(map, "transitions"), noise, sigma));
    }

    private static LineCoderShape Lines(YamlMap map, int vocabulary)
    {
        map.Allow("kind", "width", "layers", "heads", "hidden", "context", "code");
        return Split(map, 1, new LineCoderShape(
            vocabulary, Size(map, "width"), Size(map, "layers"), Size(map, "heads"), Size(map, "hidden"), Size(map, "context"),
            Size(map, "code")));
    }

    private static ConceptShape Concepts(YamlMap map, int vocabulary)
    {
        map.Allow("kind", "head", "width", "layers", "heads", "hidden", "context", "code", "levels", "entries");
        var name = map.Required("head");
        if (!Enum.TryParse<ConceptHead>(name, ignoreCase: true, out var head))
            throw map.Wrong("head", $"there is no head '{name}'; there are regression, diffusion and quantised.");
        return Split(map, 2, new ConceptShape(
            vocabulary, Size(map, "width"), Size(map, "layers"), Size(map, "heads"), Size(map, "hidden"), Size(map, "context"),
            Size(map, "code"), head)
        {
            Levels = Of("levels", head != ConceptHead.Regression),
            Entries = Of("entries", head == ConceptHead.Quantised),
        });

        int Of(string key, bool isNeeded) => isNeeded ? Size(map, key)
            : map.Text(key) is null ? 0
            : throw map.Wrong(key, $"the head '{name}' has none; leave it out.");
    }

    // Rotary positions turn pairs, so that they need heads of even size.
    private static TShape Split<TShape>(YamlMap map, int parts, TShape shape)
        where TShape : NetworkShape => shape.Width % (parts * shape.Heads) == 0
        ? shape
        : throw map.Wrong(
            "heads", $"{shape.Heads} heads do not split the width {shape.Width} into {(parts == 2 ? "even" : "equal")} sizes.");

    private static int Size(YamlMap map, string key) => map.Whole(key, 1) ?? throw map.Wrong(key, "is missing; a model needs it.");
}
