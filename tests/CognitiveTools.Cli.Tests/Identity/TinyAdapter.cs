using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Cli.Tests.Identity;

/// <summary>A LoRA adapter of the tiny model.</summary>
internal static class TinyAdapter
{
    public static string Write(string path, float weight)
    {
        new GgufWriter().Add("general.type", "adapter").Add("general.architecture", "llama").Add("adapter.type", "lora").Add(
            "adapter.lora.alpha", 4f)
            .AddTensor("blk.1.ffn_down.weight.lora_a", GgufTensorType.F32, [64, 4], (_, row) => row.Fill(weight))
            .AddTensor("blk.1.ffn_down.weight.lora_b", GgufTensorType.F32, [4, 32], (_, row) => row.Fill(weight))
            .Write(path);
        return path;
    }
}
