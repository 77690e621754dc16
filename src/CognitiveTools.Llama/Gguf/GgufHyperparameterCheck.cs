using System.Numerics.Tensors;

namespace CognitiveTools.Llama.Gguf;

/// <summary>Checks the numbers of a model that llama.cpp divides by, allocates by or asserts on.</summary>
internal static class GgufHyperparameterCheck
{
    /// <summary>The least context length; the option <see cref="Engine.LlamaEngineOptions.ContextLength"/> has the same.</summary>
    internal const int LeastContext = 16;

    private const int MaxLayers = 512; // LLAMA_MAX_LAYERS
    private const int MaxExperts = 1024; // LLAMA_MAX_EXPERTS
    private const int MaxHeads = 1 << 16;
    private const int MaxWidth = 1 << 20;
    private const int MaxInner = 1 << 24;
    private const int StepOfRwkv7 = 64; // GGML_F32_STEP with AVX-512, the largest of the common processors

    private static readonly string[] RopeScalings = ["none", "linear", "yarn", "longrope"];

    private static readonly (string Name, long Least, long Most)[] Ranges =
    [
        ("block_count", 1, MaxLayers),
        ("embedding_length", 1, MaxWidth),
        ("context_length", LeastContext, int.MaxValue),
        ("attention.key_length", 1, MaxWidth),
        ("attention.value_length", 1, MaxWidth),
        ("rope.dimension_count", 0, MaxWidth),
        ("wkv.head_size", 1, MaxWidth),
        ("ssm.conv_kernel", 1, MaxHeads),
        ("ssm.inner_size", 1, MaxInner),
        ("ssm.state_size", 1, MaxWidth),
    ];

    // By suffixes of keys. llama.cpp accepts a rotary base of 0 or an epsilon of NaN, and then computes NaN or fails an assertion.
    private static readonly (string Suffix, double Above, double Most)[] NumberRanges =
    [
        ("epsilon", 0, 1),
        ("rope.freq_base", 0, 1e30),
        ("rope.freq_base_swa", 0, 1e30),
    ];

    public static void Check(GgufModelView model)
    {
        CheckNumbers(model);
        foreach (var (name, least, most) in Ranges)
        {
            if (model.Has(name) && model.IsScalar(name) && model.Required(name) is var value && (value < least || value > most))
                throw model.Fail(name, $"{value}; allowed are {least} to {most}");
        }

        CheckShape(model);
        CheckStates(model);
        CheckCycles(model);
        CheckExperts(model);
    }

    private static void CheckNumbers(GgufModelView model)
    {
        foreach (var (key, value) in model.Hyperparameters())
        {
            var finite = value.Content switch
            {
                float number => float.IsFinite(number),
                double number => double.IsFinite(number),
                float[] numbers => TensorPrimitives.IsFiniteAll<float>(numbers),
                double[] numbers => TensorPrimitives.IsFiniteAll<double>(numbers),
                _ => true,
            };
            if (!finite)
                throw Fail(key, $"{value} holds a value that is not finite");
            if (value.Content is not (float or double))
                continue;
            var content = Convert.ToDouble(value.Content, System.Globalization.CultureInfo.InvariantCulture);
            foreach (var (suffix, above, most) in NumberRanges)
            {
                if (key.EndsWith(suffix, StringComparison.Ordinal) && !(content > above && content <= most))
                    throw Fail(key, $"{content}; it must be above {above} and at most {most}");
            }

            if (key.EndsWith("rope.scaling.factor", StringComparison.Ordinal) && content < 0)
                throw Fail(key, $"{content}; it must not be negative");
        }

        GgufException Fail(string key, string problem) => new(model.File.Path, key, null, problem, GgufException.DamagedRemedy);
    }

    private static void CheckShape(GgufModelView model)
    {
        var layers = model.Required("block_count");
        if (model.Optional("nextn_predict_layers") > layers)
            throw model.Fail("nextn_predict_layers", $"more than the {layers} layers");
        var scaling = model.File.Metadata.GetOptional(model.Key("rope.scaling.type"), "linear");
        if (!RopeScalings.Contains(scaling, StringComparer.Ordinal))
            throw model.Fail("rope.scaling.type", $"'{scaling}' is none of {string.Join(", ", RopeScalings)}");
        if (!model.Has("context_length"))
            throw model.Fail("context_length", "the key is missing");
        var width = model.Required("embedding_length");
        if (model.File.TryGetTensor("token_embd.weight", out var embedding) && embedding.RowLength != width)
            throw model.Fail("embedding_length", $"{width}, but token_embd.weight has rows of {embedding.RowLength}");
        _ = model.PerLayer("feed_forward_length", layers, MaxInner);
        if (model.PerLayer("attention.head_count", layers, MaxHeads) is { } heads)
            CheckHeads(model, layers, width, heads);
    }

    private static void CheckHeads(GgufModelView model, long layers, long width, long[] heads)
    {
        var attending = heads.FirstOrDefault(static count => count > 0); // 0 in layers without attention
        if (attending == 0 && model.Architecture != "llama")
            return;
        if (attending < 1 || attending > width)
            throw model.Fail("attention.head_count", $"{attending} heads for a width of {width}");
        var keys = model.Optional("attention.key_length", width / attending);
        var values = model.Optional("attention.value_length", width / attending);
        var turned = model.Optional("rope.dimension_count", keys);
        if (keys % 2 != 0)
            throw model.Fail(
                model.Has("attention.key_length") ? "attention.key_length" : "attention.head_count",
                $"heads of {keys} elements; rotary positions need an even number");
        if (turned % 2 != 0 || turned > keys)
            throw model.Fail("rope.dimension_count", $"{turned} of {keys} elements of a head; it must be even and at most {keys}");
        if (model.Architecture == "llama" && values != keys)
            throw model.Fail("attention.value_length", $"differs from the keys' {keys}");
        if (model.Architecture == "llama" && turned != keys)
            throw model.Fail("rope.dimension_count", $"differs from the keys' {keys}");

        var shared = model.PerLayer("attention.head_count_kv", layers, MaxHeads) ?? heads;
        var isPerLayer = !(model.IsScalar("attention.head_count") && model.IsScalar("attention.head_count_kv"))
            && !model.Has("attention.key_length_swa");
        for (var layer = 0; layer < layers; layer++)
        {
            CheckRows(model, "attention.head_count", layer, "attn_q", heads[layer], elements: null);
            CheckRows(model, "attention.head_count_kv", layer, "attn_k", shared[layer], isPerLayer ? keys : null);
            CheckRows(model, "attention.head_count_kv", layer, "attn_v", shared[layer], isPerLayer ? values : null);
            if (shared[layer] > 0 && heads[layer] % shared[layer] != 0)
                throw model.Fail("attention.head_count_kv", $"{shared[layer]} does not divide the {heads[layer]} heads of layer {layer}");
        }
    }

    // The rows of a projection are heads times their elements; some architectures append a gate to the queries.
    private static void CheckRows(GgufModelView model, string name, int layer, string projection, long heads, long? elements)
    {
        if (!model.File.TryGetTensor($"blk.{layer}.{projection}.weight", out var matrix))
            return;
        if (heads == 0 && model.Has("kda.head_dim"))
            return; // a layer of Kimi delta attention, whose projections have heads of their own
        if (heads < 1 || matrix.RowCount % heads != 0 || (elements is { } size && matrix.RowCount != heads * size))
            throw model.Fail(name, $"{heads} heads in layer {layer}, but {matrix.Name} has {matrix.RowCount} rows");
    }

    // ggml computes the heads of RWKV 7 in whole steps, and so reads and writes beyond the state of a head that is no multiple of a step.
    private static void CheckStates(GgufModelView model)
    {
        if (!model.Has("wkv.head_size") || !model.IsScalar("wkv.head_size"))
            return; // llama.cpp itself refuses a model that needs it
        var (size, width) = (model.Required("wkv.head_size"), model.Required("embedding_length"));
        if (width % size != 0)
            throw model.Fail("wkv.head_size", $"{size}, which does not divide the width of {width}");
        if (model.Architecture is "rwkv7" or "arwkv7" && size % StepOfRwkv7 != 0)
            throw model.Fail("wkv.head_size", $"{size}; ggml computes {StepOfRwkv7} elements at once, so it must be a multiple of that");
    }

    // HRM-Text repeats two stacks of layers, and its block count is the sum over all passes.
    private static void CheckCycles(GgufModelView model)
    {
        if (model.Architecture != "hrm_text")
            return;
        var (layers, high, low) = (model.Required("hrm.layers_per_stack"), model.Required("hrm.h_cycles"), model.Required("hrm.l_cycles"));
        if (layers is < 1 or > MaxLayers || high is < 1 or > MaxLayers || low is < 1 or > MaxLayers)
            throw model.Fail(
                "hrm.h_cycles", $"{layers} layers per stack in {high} high and {low} low cycles; each must lie between 1 and {MaxLayers}");
        if (model.Required("block_count") != layers * high * (low + 1))
            throw model.Fail(
                "block_count",
                $"{model.Required("block_count")}, but {layers} layers per stack, "
                + $"{high} high cycles and {low} low cycles make {layers * high * (low + 1)}: override all of them together");
    }

    private static void CheckExperts(GgufModelView model)
    {
        if (!model.IsScalar("expert_count"))
            return; // llama.cpp itself refuses it
        var experts = model.Optional("expert_count");
        if (experts is < 0 or > MaxExperts)
            throw model.Fail("expert_count", $"{experts} experts; llama.cpp allows {MaxExperts}");
        var used = model.PerLayer("expert_used_count", model.Required("block_count"), most: experts)?.Max() ?? 0;
        var groups = model.Optional("expert_group_count");
        var groupsUsed = model.Optional("expert_group_used_count");
        if (experts == 0 ? used != 0 : used < 1 || used > experts)
            throw model.Fail("expert_used_count", $"{used} of {experts} experts");
        if (experts == 0 ? groups != 0 : groups < 0 || groups >= experts
            || (groups > 1 && (experts % groups != 0 || groupsUsed < 1 || groupsUsed >= groups)))
            throw model.Fail("expert_group_count", $"{groups} groups ({groupsUsed} used) of {experts} experts");
    }
}
