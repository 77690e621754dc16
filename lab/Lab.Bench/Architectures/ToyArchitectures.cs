namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>The architectures whose memory is measured: those of the models that people run, and one of every kind of memory.</summary>
internal static class ToyArchitectures
{
    /// <summary>All of them, transformers first.</summary>
    public static IReadOnlyList<ToyArchitecture> All { get; } =
    [
        new("llama", "Llama 1 to 3, TinyLlama, Mistral 7B"),
        new("llama", "Mixtral") { HasExperts = true, FileName = "llama-moe" },
        new("llama4", "Llama 4") { HasExperts = true, Values = Of(("interleave_moe_layer_step", 2u)) },
        new("qwen2", "Qwen 2, Qwen 2.5, DeepSeek R1 distilled"),
        new("qwen2moe", "Qwen 2 with experts") { HasExperts = true },
        new("qwen3", "Qwen 3"),
        new("qwen3moe", "Qwen 3 with experts") { HasExperts = true },
        new("gemma", "Gemma 1"),
        new("gemma2", "Gemma 2"),
        new("gemma3", "Gemma 3") { Layers = 6 },
        new("gemma4", "Gemma 4, without inputs per layer")
        {
            Layers = 5,
            Values = Of(
                ("embedding_length_per_layer_input", 0u), ("attention.shared_kv_layers", 0u), ("attention.key_length_swa", 32u),
                ("attention.value_length_swa", 32u), ("rope.freq_base_swa", 10_000f),
                ("attention.sliding_window_pattern", (bool[])[true, true, true, true, false])),
        },
        new("gemma4", "Gemma 4 E2B and E4B, with inputs per layer")
        {
            FileName = "gemma4-per-layer",
            Layers = 5,
            TakesTokensOnly = true,
            Values = Of(
                ("embedding_length_per_layer_input", 32u), ("attention.shared_kv_layers", 2u), ("attention.key_length_swa", 32u),
                ("attention.value_length_swa", 32u), ("rope.freq_base_swa", 10_000f),
                ("attention.sliding_window_pattern", (bool[])[true, true, false, true, false])),
        },
        new("gemma3n", "Gemma 3n E2B and E4B")
        {
            Layers = 22, // llama.cpp shares keys and values from layer 20 on, whatever the file says
            TakesTokensOnly = true,
            Values = Of(("rope.freq_base_swa", 10_000f), ("attention.sliding_window_pattern", 5u)),
        },
        new("gpt-oss", "gpt-oss") { HasExperts = true },
        new("phi2", "Phi 2"),
        new("phi3", "Phi 3, Phi 4"),
        new("mistral3", "Ministral 3, Devstral"),
        new("mistral4", "Mistral 4") { HasExperts = true, IsCompressed = true },
        new("glm4", "GLM 4, files without sections of positions") { TakesTokensOnly = true },
        new("glm4", "GLM 4.1V") { FileName = "glm4-sections", Values = Sections },
        new("glm4moe", "GLM 4.5 to 4.7") { HasExperts = true, TakesTokensOnly = true },
        new("smollm3", "SmolLM 3"),
        new("granite", "Granite 3, Granite 4"),
        new("granitemoe", "Granite 3 with experts") { HasExperts = true },
        new("deepseek2", "DeepSeek V2 and V3, Kimi K2") { HasExperts = true, IsCompressed = true },
        new("deepseek32", "DeepSeek V3.2") { HasExperts = true, IsCompressed = true, Values = Indexed },
        new("glm-dsa", "GLM 5") { HasExperts = true, IsCompressed = true, Values = Indexed },
        new("exaone4", "EXAONE 4"),
        new("cohere2", "Command R7B"),
        new("command-r", "Command R"),
        new("olmo2", "OLMo 2"),
        new("seed_oss", "Seed-OSS"),
        new("hunyuan-dense", "Hunyuan"),
        new("ernie4_5", "ERNIE 4.5") { HasExperts = true },
        new("bailingmoe2", "Ling 2, Ring 2") { HasExperts = true },
        new("minimax-m2", "MiniMax M2") { HasExperts = true },
        new("stablelm", "StableLM"),
        new("starcoder2", "StarCoder 2"),
        new("falcon", "Falcon"),
        new("apertus", "Apertus")
        {
            Values = Of(("xielu.alpha_n", 1f), ("xielu.alpha_p", 1f), ("xielu.beta", 1f), ("xielu.eps", 1e-7f)),
        },
        new("nemotron", "Nemotron 4"),
        new("dots1", "dots.llm1") { HasExperts = true },
        new("gpt2", "GPT 2"),
        new("gptneox", "Pythia"),
        new("baichuan", "Baichuan"),
        new("internlm2", "InternLM 2 and 3"),
        new("minicpm", "MiniCPM"),
        new("minicpm3", "MiniCPM 3"),
        new("exaone", "EXAONE 3"),
        new("exaone-moe", "EXAONE with experts") { HasExperts = true },
        new("chatglm", "ChatGLM 3, GLM 4 9B"),
        new("olmo", "OLMo 1"),
        new("olmoe", "OLMoE") { HasExperts = true },
        new("bitnet", "BitNet b1.58") { ReusesEmbeddings = true },
        new("arcee", "AFM 4.5B"),
        new("afmoe", "Trinity") { HasExperts = true },
        new("plamo3", "PLaMo 3"),
        new("jais2", "Jais 2"),
        new("grok", "Grok 1 and 2") { HasExperts = true },
        new("dbrx", "DBRX") { HasExperts = true },
        new("hunyuan-moe", "Hunyuan A13B") { HasExperts = true },
        new("ernie4_5-moe", "ERNIE 4.5 with experts") { HasExperts = true },
        new("phimoe", "Phi 3.5 with experts") { HasExperts = true },
        new("smallthinker", "SmallThinker") { HasExperts = true },
        new("grovemoe", "GroveMoE") { HasExperts = true },
        new("bailingmoe", "Ling 1") { HasExperts = true },
        new("deepseek", "DeepSeek V1") { HasExperts = true },
        new("cohere2moe", "Command A with experts") { HasExperts = true },
        new("step35", "Step 3.5") { HasExperts = true, Values = Windows },
        new("mimo2", "MiMo 2") { HasExperts = true, Values = Windows },
        new("hunyuan_vl", "Hunyuan-VL") { Values = Sections },
        new("qwen2vl", "Qwen 2-VL, Qwen 2.5-VL") { Values = Sections },
        new("qwen3vl", "Qwen 3-VL") { Values = Of(("rope.dimension_sections", Rotary), ("n_deepstack_layers", 3u)) },
        new("qwen3vlmoe", "Qwen 3-VL with experts")
        {
            HasExperts = true,
            Values = Of(("rope.dimension_sections", Rotary), ("n_deepstack_layers", 3u)),
        },
        new("deepseek4", "DeepSeek V4", MemoryKind.Hybrid)
        {
            HasExperts = true,
            SharesNoPrompts = true,
            Values = DeepSeek4,
        },

        new("mamba", "Mamba", MemoryKind.Recurrent),
        new("mamba2", "Mamba 2, Codestral Mamba", MemoryKind.Recurrent),
        new("rwkv6", "RWKV 6", MemoryKind.Recurrent),
        new("rwkv7", "RWKV 7", MemoryKind.Recurrent) { Values = Of(("wkv.head_size", 64u)) },
        new("rwkv6qwen2", "QRWKV 6", MemoryKind.Recurrent)
        {
            Omits = ["time_mix_first"], // its absence tells llama.cpp that the layers are those of QRWKV
            Values = Of(("token_shift_count", 1u), ("attention.head_count_kv", 1u)),
        },
        new("arwkv7", "ARWKV 7", MemoryKind.Recurrent) { Values = Of(("token_shift_count", 1u), ("wkv.head_size", 64u)) },

        new("qwen3next", "Qwen3-Next", MemoryKind.Hybrid) { HasExperts = true, Values = DeltaNet },
        new("qwen35", "Qwen 3.5", MemoryKind.Hybrid) { Values = DeltaNetWithSections },
        new("qwen35moe", "Qwen 3.5 with experts", MemoryKind.Hybrid) { HasExperts = true, Values = DeltaNetWithSections },
        new("jamba", "Jamba", MemoryKind.Hybrid) { HeadsVary = true },
        new("falcon-h1", "Falcon-H1", MemoryKind.Hybrid),
        new("granitehybrid", "Granite 4-H", MemoryKind.Hybrid) { HeadsVary = true },
        new("nemotron_h", "Nemotron-H, Nemotron 3", MemoryKind.Hybrid)
        {
            HeadsVary = true,
            Values = Of(("feed_forward_length", FeedForwardLast), ("attention.head_count_kv", AttentionSecond)),
        },
        new("nemotron_h_moe", "Nemotron 3 with experts", MemoryKind.Hybrid)
        {
            HeadsVary = true,
            HasExperts = true,
            Values = Of(("feed_forward_length", FeedForwardLast), ("attention.head_count_kv", AttentionSecond)),
        },
        new("plamo2", "PLaMo 2", MemoryKind.Hybrid) { HeadsVary = true, Values = Of(("ssm.group_count", 0u)) },
        new("lfm2", "LFM2", MemoryKind.Hybrid) { HeadsVary = true },
        new("lfm2moe", "LFM2 with experts", MemoryKind.Hybrid) { HasExperts = true, HeadsVary = true },
        new("kimi-linear", "Kimi-Linear", MemoryKind.Hybrid) { HasExperts = true, IsCompressed = true, HeadsVary = true },
    ];

    private static uint[] FeedForwardLast => [0, 0, 64, 0];

    private static uint[] AttentionSecond => [0, 2, 0, 0];

    /// <summary>Dimensions that turn with time, height, width and nothing, in pairs: together half a head.</summary>
    private static uint[] Rotary => [6, 5, 5, 0];

    private static Dictionary<string, object> Sections => Of(("rope.dimension_sections", Rotary));

    private static Dictionary<string, object> Windows => Of(
        ("attention.sliding_window_pattern", (bool[])[false, true, false, true]));

    private static Dictionary<string, object> DeltaNet => Of(
        ("full_attention_interval", 2u), ("ssm.inner_size", 64u), ("ssm.state_size", 32u), ("ssm.time_step_rank", 2u),
        ("ssm.group_count", 2u));

    private static Dictionary<string, object> DeltaNetWithSections => new(DeltaNet, StringComparer.Ordinal)
    {
        ["rope.dimension_sections"] = Rotary,
    };

    /// <summary>The sizes of the real models: smaller ones end the process in the indexer of b10221.</summary>
    private static Dictionary<string, object> Indexed => Of(
        ("attention.kv_lora_rank", 512u), ("attention.key_length", 576u), ("attention.value_length", 512u),
        ("attention.key_length_mla", 192u), ("attention.value_length_mla", 128u), ("rope.dimension_count", 64u));

    private static Dictionary<string, object> DeepSeek4 => Of(
        ("attention.head_count_kv", 1u), ("attention.key_length", 32u), ("attention.value_length", 32u), ("rope.dimension_count", 16u),
        ("attention.q_lora_rank", 24u), ("attention.output_group_count", 2u), ("attention.output_lora_rank", 16u),
        ("attention.compress_ratios", (uint[])[0, 0, 4, 128]), ("attention.compress_rope_freq_base", 160_000f),
        ("hyper_connection.count", 4u), ("hyper_connection.sinkhorn_iterations", 2u), ("hyper_connection.epsilon", 1e-6f),
        ("hash_layer_count", 0u), ("swiglu_clamp_exp", 10f), ("expert_weights_scale", 1f), ("expert_weights_norm", true),
        ("expert_gating_func", 4u));

    private static Dictionary<string, object> Of(params (string Key, object Value)[] values) =>
        values.ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
}
