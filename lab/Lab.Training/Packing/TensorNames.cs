namespace CognitiveTools.Lab.Training.Packing;

/// <summary>What llama.cpp calls the tensors that a trainer writes under Hugging Face's names.</summary>
internal static class TensorNames
{
    private const string Layers = "model.layers.";

    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["model.embed_tokens.weight"] = "token_embd.weight",
        ["model.norm.weight"] = "output_norm.weight",
        ["lm_head.weight"] = "output.weight",
    };

    private static readonly Dictionary<string, string> OfLayer = new(StringComparer.Ordinal)
    {
        ["input_layernorm.weight"] = "attn_norm.weight",
        ["self_attn.q_proj.weight"] = "attn_q.weight",
        ["self_attn.k_proj.weight"] = "attn_k.weight",
        ["self_attn.v_proj.weight"] = "attn_v.weight",
        ["self_attn.o_proj.weight"] = "attn_output.weight",
        ["self_attn.gate_proj.weight"] = "attn_gate.weight",
        ["post_attention_layernorm.weight"] = "ffn_norm.weight",
        ["mlp.gate_proj.weight"] = "ffn_gate.weight",
        ["mlp.up_proj.weight"] = "ffn_up.weight",
        ["mlp.down_proj.weight"] = "ffn_down.weight",
    };

    /// <summary>llama.cpp's name of a tensor; the same where both have one name for it.</summary>
    public static string Packed(string name)
    {
        if (!name.StartsWith(Layers, StringComparison.Ordinal) || name.IndexOf('.', Layers.Length) is not (var end and > 0))
            return Whole.GetValueOrDefault(name, name);
        return OfLayer.TryGetValue(name[(end + 1)..], out var part) ? $"blk.{name[Layers.Length..end]}.{part}" : name;
    }
}
