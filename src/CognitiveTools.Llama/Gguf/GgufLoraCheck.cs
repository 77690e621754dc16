namespace CognitiveTools.Llama.Gguf;

/// <summary>Checks that a GGUF file is a LoRA adapter of a model, so that a misfit gets a message.</summary>
internal static class GgufLoraCheck
{
    private const string Remedy = "Use an adapter that was trained on this model and converted for llama.cpp.";
    private static readonly GgufTensorType[] Types = [GgufTensorType.F32, GgufTensorType.F16, GgufTensorType.BF16, GgufTensorType.Q8_0];

    /// <summary>Checks an adapter.</summary>
    /// <param name="adapter">The adapter: pairs of tensors <c>NAME.lora_a</c> (rank rows) and <c>NAME.lora_b</c>.</param>
    /// <param name="model">The model it is for.</param>
    /// <exception cref="GgufException">The file is not an adapter of this model; the message names key or tensor.</exception>
    public static void Check(GgufFile adapter, GgufModelFile model)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(model);
        if (!adapter.Metadata.Contains("adapter.type") && !IsAdapter())
            throw Fail("adapter.type", "the file is a model or something else, and not a LoRA adapter, which changes a model");
        Require("general.type", "adapter");
        Require("adapter.type", "lora");
        Require("general.architecture", model.Metadata.GetRequired<string>("general.architecture"));
        if (!float.IsFinite(adapter.Metadata.GetRequired<float>("adapter.lora.alpha")))
            throw Fail("adapter.lora.alpha", "is not a finite number");
        if (adapter.Metadata.Contains("adapter.alora.invocation_tokens"))
            throw new GgufException(
                adapter.Path, "adapter.alora.invocation_tokens", null,
                "the adapter starts at certain tokens, which the engine does not support", "Use a plain LoRA adapter.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in adapter.Tensors)
        {
            if (tensor.Name.EndsWith(".lora_a", StringComparison.Ordinal) || tensor.Name.EndsWith(".lora_b", StringComparison.Ordinal))
                names.Add(tensor.Name[..^".lora_a".Length]);
            else
                throw Fail(tensor.Name, "the tensor is neither a .lora_a nor a .lora_b, and llama.cpp would leave it out or refuse it");
        }

        if (names.Count == 0)
            throw Fail("tensors", "the file has no tensors");
        foreach (var name in names)
            CheckPair(name);

        void CheckPair(string name)
        {
            if (!adapter.TryGetTensor(name + ".lora_a", out var a) || !adapter.TryGetTensor(name + ".lora_b", out var b))
                throw Fail(name, "the adapter has only one of .lora_a and .lora_b");
            if (!model.TryGetTensor(name, out var weight))
                throw Fail(name, $"the model {model.Path} has no such tensor");
            if (!Types.Contains(a.Type) || !Types.Contains(b.Type))
                throw Fail(name, $"{a.Type} and {b.Type}; adapters are F32, F16, BF16 or Q8_0");
            if (a.Dimensions.Count != 2 || b.Dimensions.Count != 2 || weight.Dimensions.Count != 2)
                throw Fail(name, "adapters are for matrices");

            // The tensor is then the output too, and the pair has another shape: llama.cpp fails an assertion.
            if (name == "token_embd.weight" && !model.TryGetTensor("output.weight", out _))
                throw Fail(name, "the model's output is tied to its embeddings, which llama.cpp cannot adapt");

            // llama.cpp reads rows of the token embeddings from B transposed.
            var rank = a.Dimensions[1];
            var fits = name == "token_embd.weight"
                ? b.Dimensions[1] == weight.Dimensions[0] && a.Dimensions[1] == weight.Dimensions[1] && a.Dimensions[0] == b.Dimensions[0]
                : a.Dimensions[0] == weight.Dimensions[0] && b.Dimensions[1] == weight.Dimensions[1] && b.Dimensions[0] == rank;
            if (!fits)
                throw Fail(name, $"A is {a.Shape} and B is {b.Shape}, which do not make up the model's {weight.Shape}");
        }

        bool IsAdapter() => adapter.Metadata.TryGetValue("general.type", out var type) && type.Content is "adapter";

        void Require(string key, string expected)
        {
            var value = adapter.Metadata.GetRequired<string>(key);
            if (value != expected)
                throw Fail(key, $"'{value}', but the model needs '{expected}'");
        }

        GgufException Fail(string field, string problem) => new(adapter.Path, field, null, problem, Remedy);
    }
}
