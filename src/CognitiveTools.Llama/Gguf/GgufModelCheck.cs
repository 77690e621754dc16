namespace CognitiveTools.Llama.Gguf;

/// <summary>
/// Refuses models on which llama.cpp (at the pinned version) would abort the process instead of reporting an error: each
/// check here stands for an assertion there. Encoders, which it loads but which predict no next token, are refused too.
/// Everything else llama.cpp refuses politely by itself.
/// </summary>
public static class GgufModelCheck
{
    private const int MaxLayers = 512, MaxExperts = 1024; // LLAMA_MAX_LAYERS, LLAMA_MAX_EXPERTS

    /// <summary>llama.cpp's rwkv matcher recurses once per byte of a token; real tokens have tens.</summary>
    private const int MaxTokenLength = 4096;

    private static readonly string[] RopeScalings = ["none", "linear", "yarn", "longrope"];

    /// <summary>Checks a file as a model for llama.cpp.</summary>
    /// <exception cref="GgufException">The file is no usable language model; the message names the key.</exception>
    public static void Check(GgufFile file) => Check(file, new Dictionary<string, GgufValue>(StringComparer.Ordinal));

    /// <summary>Checks a file with some of its metadata replaced.</summary>
    internal static void Check(GgufFile file, IReadOnlyDictionary<string, GgufValue> overrides)
    {
        ArgumentNullException.ThrowIfNull(file);
        var model = new Model(file, file.Metadata.GetRequired<string>("general.architecture"), overrides);
        RefuseEncoder(model);
        CheckShape(model);
        CheckCycles(model);
        CheckExperts(model);
        CheckVocabulary(model);
    }

    // llama.cpp loads encoders (BERT and its like) without complaint; what it then decodes is no next token.
    private static void RefuseEncoder(Model model)
    {
        if (!model.File.Metadata.GetOptional(model.Key("attention.causal"), true))
            throw new GgufException(model.File.Path, model.Key("attention.causal"), null, $"the model is an encoder ('{model.Architecture}', attention to both sides) and predicts no next token", "Use a generative language model.");
    }

    private static void CheckShape(Model model)
    {
        var layers = model.Required("block_count");
        if (layers is < 1 or > MaxLayers)
            throw model.Fail("block_count", $"{layers} layers; llama.cpp allows 1 to {MaxLayers}");
        if (model.Optional("nextn_predict_layers") > layers)
            throw model.Fail("nextn_predict_layers", $"more than the {layers} layers");
        var scaling = model.File.Metadata.GetOptional(model.Key("rope.scaling.type"), "linear");
        if (!RopeScalings.Contains(scaling, StringComparer.Ordinal))
            throw model.Fail("rope.scaling.type", $"'{scaling}' is none of {string.Join(", ", RopeScalings)}");
        var width = model.Required("embedding_length");
        if (width < 1)
            throw model.Fail("embedding_length", "0 hidden elements");
        if (model.File.TryGetTensor("token_embd.weight", out var embedding) && embedding.RowLength != width)
            throw model.Fail("embedding_length", $"{width}, but token_embd.weight has rows of {embedding.RowLength}");
        if (model.Architecture != "llama" || !model.IsScalar("attention.head_count"))
            return; // heads per layer, or an architecture with its own rules
        var heads = model.Required("attention.head_count");
        if (heads < 1 || heads > width)
            throw model.Fail("attention.head_count", $"{heads} heads for a width of {width}");
        var keys = model.Optional("attention.key_length", width / heads);
        if (model.Optional("attention.value_length", width / heads) != keys)
            throw model.Fail("attention.value_length", $"differs from the keys' {keys}");
        if (model.Optional("rope.dimension_count", keys) != keys)
            throw model.Fail("rope.dimension_count", $"differs from the keys' {keys}");
    }

    // HRM-Text goes through two stacks of layers again and again, and its block count is that of all passes.
    private static void CheckCycles(Model model)
    {
        if (model.Architecture != "hrm_text")
            return;
        var (layers, high, low) = (model.Required("hrm.layers_per_stack"), model.Required("hrm.h_cycles"), model.Required("hrm.l_cycles"));
        if (layers is < 1 or > MaxLayers || high is < 1 or > MaxLayers || low is < 1 or > MaxLayers)
            throw model.Fail("hrm.h_cycles", $"{layers} layers per stack in {high} high and {low} low cycles; each must lie between 1 and {MaxLayers}");
        if (model.Required("block_count") != layers * high * (low + 1))
            throw model.Fail("block_count", $"{model.Required("block_count")}, but {layers} layers per stack, {high} high cycles and {low} low cycles make {layers * high * (low + 1)}: override all of them together");
    }

    private static void CheckExperts(Model model)
    {
        var experts = model.Optional("expert_count");
        if (experts > MaxExperts)
            throw model.Fail("expert_count", $"{experts} experts; llama.cpp allows {MaxExperts}");
        if (!model.IsScalar("expert_used_count"))
            return; // per layer: newer models only, made by llama.cpp's converter
        var used = model.Optional("expert_used_count");
        var groups = model.Optional("expert_group_count");
        var groupsUsed = model.Optional("expert_group_used_count");
        if (experts == 0 ? used != 0 : used < 1 || used > experts)
            throw model.Fail("expert_used_count", $"{used} of {experts} experts");
        if (experts == 0 ? groups != 0 : groups >= experts || (groups > 1 && (experts % groups != 0 || groupsUsed < 1 || groupsUsed >= groups)))
            throw model.Fail("expert_group_count", $"{groups} groups ({groupsUsed} used) of {experts} experts");
    }

    private static void CheckVocabulary(Model model)
    {
        const string key = "tokenizer.ggml.tokens";
        var kind = model.File.Metadata.GetRequired<string>("tokenizer.ggml.model");
        if (kind is "none" or "no_vocab")
            throw new GgufException(model.File.Path, "tokenizer.ggml.model", null, "the model has no vocabulary", "Use a language model with its tokenizer.");
        var tokens = model.File.Metadata.GetRequired<string[]>(key);
        var seen = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Length > MaxTokenLength)
                throw new GgufException(model.File.Path, key, null, $"token {i} has {tokens[i].Length} characters", GgufException.DamagedRemedy);
            // llama.cpp names empty tokens [EMPTY_i] before it compares
            var text = tokens[i].Length == 0 ? $"[EMPTY_{i}]" : tokens[i];
            if (!seen.TryAdd(text, i))
                throw new GgufException(model.File.Path, key, null, $"tokens {seen[text]} and {i} are both '{text}'", "Convert the model again with a current llama.cpp, or get another conversion.");
        }
        if (model.File.TryGetTensor("token_embd.weight", out var embedding) && embedding.RowCount < tokens.Length)
            throw new GgufException(model.File.Path, key, null, $"{tokens.Length} tokens, but token_embd.weight has {embedding.RowCount} rows", GgufException.DamagedRemedy);
    }

    private sealed record Model(GgufFile File, string Architecture, IReadOnlyDictionary<string, GgufValue> Overrides)
    {
        public string Key(string name) => $"{Architecture}.{name}";

        public long Required(string name) => Replaced(name) ?? File.Metadata.GetRequired<long>(Key(name));

        public long Optional(string name, long fallback = 0) => Replaced(name) ?? File.Metadata.GetOptional(Key(name), fallback);

        private long? Replaced(string name) => Overrides.TryGetValue(Key(name), out var value) ? value.Content as long? : null;

        public bool IsScalar(string name) => !File.Metadata.TryGetValue(Key(name), out var value) || value.Type != GgufValueType.Array;

        public GgufException Fail(string name, string problem) => new(File.Path, Key(name), null, problem, GgufException.DamagedRemedy);
    }
}
