using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Tests.Packing;

/// <summary>A small random model as a trainer would leave it: safetensors, config and vocabulary in a folder.</summary>
internal sealed class PackFixture : IDisposable
{
    public const int Width = 32, Heads = 2, KvHeads = 1, Hidden = 64, Layers = 2;

    private readonly TemporaryFolder _folder = new();

    public PackFixture(int seed = 1)
    {
        var random = new Random(seed);
        Tensors["model.embed_tokens.weight"] = Random([Vocabulary.Length, Width], 1);
        for (var i = 0; i < Layers; i++)
        {
            Tensors[$"model.layers.{i}.input_layernorm.weight"] = Random([Width], 1);
            foreach (var (part, heads) in (ReadOnlySpan<(string, int)>)[("q", Heads), ("k", KvHeads), ("v", KvHeads), ("o", Heads)])
                Tensors[$"model.layers.{i}.self_attn.{part}_proj.weight"] = Random([Width / Heads * heads, Width], 0.4);
            Tensors[$"model.layers.{i}.post_attention_layernorm.weight"] = Random([Width], 1);
            Tensors[$"model.layers.{i}.mlp.gate_proj.weight"] = Random([Hidden, Width], 0.4);
            Tensors[$"model.layers.{i}.mlp.up_proj.weight"] = Random([Hidden, Width], 0.4);
            Tensors[$"model.layers.{i}.mlp.down_proj.weight"] = Random([Width, Hidden], 0.4);
        }
        Tensors["model.norm.weight"] = Random([Width], 1);

        (long[] Shape, float[] Values) Random(long[] shape, double scale)
        {
            var values = new float[shape.Aggregate(1L, static (a, b) => a * b)];
            foreach (ref var value in values.AsSpan())
                value = (float)(scale * (random.NextDouble() * 2 - 1));
            return (shape, values);
        }
    }

    /// <summary>Controls, all bytes, and words that overlap so that greedy cutting matters.</summary>
    public static string[] Vocabulary { get; } =
    [
        "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pause|>",
        .. Enumerable.Range(0, 256).Select(static b => b switch
        {
            '\\' => @"\\",
            '\n' => @"\n",
            >= ' ' and <= '~' => ((char)b).ToString(),
            _ => $"\\x{b:x2}",
        }),
        "the", "the ", "then ", "he", "her", "e ", "n t", "  ", @"\n\n", @"\t\\", "é", @"\xe2\x88", "∑ ", "12", "123", "answer ", "<call",
    ];

    public Dictionary<string, (long[] Shape, float[] Values)> Tensors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal) { ["rope"] = "interleaved" };

    public string Config { get; set; } =
        $$"""{"model": {"width": {{Width}}, "layers": {{Layers}}, "heads": {{Heads}}, "kv_heads": {{KvHeads}},"""
            + $$""" "hidden": {{Hidden}}, "context": 128}, "steps": 10}""";

    public string[] Lines { get; set; } = Vocabulary;

    /// <summary>Writes the inputs and packs them.</summary>
    public LlamaPackReport Pack(Func<LlamaPackOptions, LlamaPackOptions>? change = null)
    {
        SafetensorsWriter.Write(
            _folder.File("model.safetensors"), [.. Tensors.Select(static t => (t.Key, t.Value.Shape, t.Value.Values))], Metadata);
        File.WriteAllText(_folder.File("config.json"), Config);
        File.WriteAllText(_folder.File("vocab.txt"), string.Concat(Lines.Select(static l => l + "\n")));
        var options = new LlamaPackOptions
        {
            Weights = _folder.File("model.safetensors"),
            Config = _folder.File("config.json"),
            Vocabulary = _folder.File("vocab.txt"),
            Output = _folder.File("model.gguf"),
        };
        return LlamaPacker.Pack(change is null ? options : change(options));
    }

    public void Dispose() => _folder.Dispose();
}
