using System.Text.Json;
using CognitiveTools.Files;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Lab.Training.Packing;

/// <summary>
/// Shape of a llama-architecture model (RMSNorm, SwiGLU, rotary positions, no biases) as its trainer's JSON has it:
/// <c>{"width": 128, "layers": 3, "heads": 4, "hidden": 384, "context": 512}</c> and optionally <c>kv_heads</c>
/// (default: heads), <c>rope_base</c> (10000), <c>norm_epsilon</c> (1e-5), <c>tied</c> (true) and <c>rope</c>
/// (<c>interleaved</c> or <c>halves</c>; default interleaved). The object may stand alone or as <c>model</c> in a larger one.
/// </summary>
internal sealed record LlamaPackConfig
{
    private const int MostBytes = 1 << 20;
    private const string Llama = "llama", HrmText = "hrm_text";

    private static readonly string[] Common =
        ["architecture", "width", "heads", "kv_heads", "hidden", "context", "rope_base", "norm_epsilon", "tied", "rope", "vocabulary"];

    private static readonly string[] OfStacks = ["layers_per_stack", "h_cycles", "l_cycles", "embedding_scale"];

    /// <summary>Hidden size.</summary>
    public required int Width { get; init; }

    /// <summary>Transformer blocks with weights of their own.</summary>
    public required int Layers { get; init; }

    /// <summary>The two stacks of an HRM-Text model; <see langword="null"/> for a llama one.</summary>
    public HrmStacks? Stacks { get; init; }

    /// <summary>Query heads; a divisor of the width, with an even head size.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads, a divisor of <see cref="Heads"/>.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Inner size of the feed-forward layer.</summary>
    public required int Hidden { get; init; }

    /// <summary>Trained context length in positions.</summary>
    public required int Context { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public float RopeBase { get; init; } = 10000;

    /// <summary>Epsilon of the norms.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>Whether the output matrix is the embedding matrix.</summary>
    public bool Tied { get; init; } = true;

    /// <summary>Row order of the query and key matrices.</summary>
    public RotaryOrder Rope { get; init; } = RotaryOrder.Interleaved;

    /// <summary>Number of tokens when the file states it; checked against the vocabulary file.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>llama.cpp's name of the architecture.</summary>
    internal string Architecture => Stacks is null ? Llama : HrmText;

    /// <summary>The row order in which llama.cpp runs the architecture.</summary>
    internal RotaryOrder NativeRope => NativeOrder(Architecture);

    /// <summary>Reads a config file.</summary>
    /// <exception cref="InvalidDataException">The file is no such JSON; the message names the key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LlamaPackConfig Read(string path) => Parse(Utf8TextReader.ReadFile(path, MostBytes), path);

    internal static LlamaPackConfig Parse(string text, string path)
    {
        using var json = StrictJson.Parse(text, path);
        var root = json.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("model", out var model)
            && model.ValueKind == JsonValueKind.Object)
            root = model;
        if (root.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"{path}: is not a JSON object. Write one such as {{\"width\": 128, \"layers\": 3, ...}}.");
        return Read(new Section(root, path));
    }

    private static LlamaPackConfig Read(Section section)
    {
        var architecture = section.Choice("architecture", Llama, HrmText);
        section.RefuseOthers([.. Common, .. architecture == HrmText ? OfStacks : ["layers"]]);
        var stacks = architecture == HrmText ? section.Stacks() : null;
        var heads = section.Integer("heads");
        var config = new LlamaPackConfig
        {
            Width = section.Integer("width"),
            Layers = 2 * stacks?.LayersPerStack ?? section.Integer("layers"),
            Stacks = stacks,
            Heads = heads,
            KvHeads = section.Has("kv_heads") ? section.Integer("kv_heads") : heads,
            Hidden = section.Integer("hidden"),
            Context = section.Integer("context"),
            RopeBase = section.Number("rope_base", 10000),
            NormEpsilon = section.Number("norm_epsilon", 1e-5f),
            Tied = section.Flag("tied", fallback: true),
            Rope = section.Rope(NativeOrder(architecture)),
            Vocabulary = section.Has("vocabulary") ? section.Integer("vocabulary") : null,
        };
        if (config.Width % config.Heads != 0 || config.Width / config.Heads % 2 != 0)
            throw section.Fail("heads", $"{config.Heads} heads do not split the width {config.Width} into even sizes");
        if (config.Heads % config.KvHeads != 0)
            throw section.Fail("kv_heads", $"{config.KvHeads} does not divide {config.Heads} heads");
        if (stacks is not null && config.Rope != config.NativeRope)
            throw section.Fail("rope", $"interleaved, but {HrmText} turns halves");
        if (stacks is not null && !config.Tied)
            throw section.Fail("tied", $"false, but {HrmText} reads its logits off the embedding matrix");
        if (config.Context < GgufHyperparameterCheck.LeastContext)
            throw section.Fail("context", $"{config.Context}; the engine needs {GgufHyperparameterCheck.LeastContext} at least");
        return config;
    }

    private static RotaryOrder NativeOrder(string architecture) => architecture == HrmText ? RotaryOrder.Halves : RotaryOrder.Interleaved;

    private readonly struct Section(JsonElement json, string path)
    {
        public bool Has(string key) => json.TryGetProperty(key, out _);

        public InvalidDataException Fail(string key, string problem) => new($"{path}: {key}: {problem}. Correct it there.");

        public void RefuseOthers(string[] known)
        {
            foreach (var entry in json.EnumerateObject())
                if (!known.Contains(entry.Name, StringComparer.Ordinal))
                    throw Fail(entry.Name, $"unknown key; there are {string.Join(", ", known)}");
        }

        public string Choice(string key, string fallback, string other)
            => !json.TryGetProperty(key, out var value) || value.ToString() == fallback ? fallback
            : value.ToString() == other ? other
            : throw Fail(key, $"{value} is neither {fallback} nor {other}");

        public HrmStacks Stacks() => new()
        {
            LayersPerStack = Integer("layers_per_stack"),
            HighCycles = Integer("h_cycles"),
            LowCycles = Integer("l_cycles"),
            EmbeddingScale = Number("embedding_scale", 1),
        };

        public int Integer(string key)
            => !json.TryGetProperty(key, out var value) ? throw Fail(key, "the key is missing")
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number
            : throw Fail(key, $"{value} is not a whole number above 0");

        public float Number(string key, float fallback)
            => !json.TryGetProperty(key, out var value) ? fallback
            : value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number > 0 && float.IsFinite(number) ? number
            : throw Fail(key, $"{value} is not a number above 0");

        public bool Flag(string key, bool fallback)
            => !json.TryGetProperty(key, out var value) ? fallback
            : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
            : throw Fail(key, $"{value} is neither true nor false");

        public RotaryOrder Rope(RotaryOrder native)
            => !json.TryGetProperty("rope", out var value) ? native
            : ParseRope(value.ToString()) ?? throw Fail("rope", $"{value} is neither interleaved nor halves");
    }

    internal static RotaryOrder? ParseRope(string text) => text switch
    {
        "interleaved" => RotaryOrder.Interleaved,
        "halves" => RotaryOrder.Halves,
        _ => null,
    };
}
