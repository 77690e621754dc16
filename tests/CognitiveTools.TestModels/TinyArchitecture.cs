using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.TestModels;

/// <summary>The hyperparameters of a tiny model as llama.cpp reads them.</summary>
/// <param name="Name">llama.cpp's name of the architecture.</param>
/// <param name="Blocks">Layers that a token goes through.</param>
internal sealed record TinyArchitecture(string Name, int Blocks)
{
    public required int Width { get; init; }

    public required int Heads { get; init; }

    public required int KvHeads { get; init; }

    public required int FeedForward { get; init; }

    public required int Context { get; init; }

    public GgufWriter AddTo(GgufWriter writer, string title, int vocabulary) => writer
        .Add("general.architecture", Name)
        .Add("general.name", title)
        .Add("general.quantization_version", 2u)
        .Add($"{Name}.block_count", (uint)Blocks)
        .Add($"{Name}.context_length", (uint)Context)
        .Add($"{Name}.embedding_length", (uint)Width)
        .Add($"{Name}.feed_forward_length", (uint)FeedForward)
        .Add($"{Name}.attention.head_count", (uint)Heads)
        .Add($"{Name}.attention.head_count_kv", (uint)KvHeads)
        .Add($"{Name}.attention.layer_norm_rms_epsilon", 1e-5f)
        .Add($"{Name}.rope.dimension_count", (uint)(Width / Heads))
        .Add($"{Name}.rope.freq_base", 10000f)
        .Add($"{Name}.vocab_size", (uint)vocabulary);
}
