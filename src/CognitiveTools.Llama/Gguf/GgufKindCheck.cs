namespace CognitiveTools.Llama.Gguf;

/// <summary>Refuses GGUF files that are something else than a model, and says what they are and where they belong.</summary>
internal static class GgufKindCheck
{
    private const string ArchitectureKey = "general.architecture", TypeKey = "general.type";

    /// <exception cref="GgufException">The file is not a model; the message says what it is.</exception>
    public static void Check(GgufModelFile file)
    {
        var (architecture, type) = (Text(ArchitectureKey), Text(TypeKey));
        if (architecture == "clip" || type is "mmproj" or "clip-vision")
            throw Fail(
                ArchitectureKey, "the file is a projector (mmproj), which a model of images or sound uses, and not a language model",
                "Give the language model's own GGUF file, which has no 'mmproj' in its name.");
        if (type == "adapter" || file.Metadata.Contains("adapter.type"))
            throw Fail(
                TypeKey, "the file is a LoRA adapter, which changes another model, and not a model",
                "Give the model that it was trained on, with +lora=FILE behind it.");
        if (architecture == "controlvector")
            throw Fail(
                ArchitectureKey, "the file is a control vector, which steers another model, and not a model",
                "Give the model, and the file to the reasoner: steer:vector=FILE.");
        if (type == "imatrix")
            throw Fail(
                TypeKey, "the file is an importance matrix, which llama.cpp's quantization uses, and not a model",
                "Give the model's own GGUF file.");
        if (!file.Tensors.Any())
            throw Fail(
                "tensor count", file.Metadata.Contains("tokenizer.ggml.tokens")
                    ? "the file has a vocabulary and no weights, so it is not a whole model"
                    : "the file has no weights, so it is not a whole model",
                "Give the GGUF file of the whole model.");

        GgufException Fail(string field, string problem, string remedy) => new(file.Path, field, null, problem, remedy);

        string? Text(string key) => file.Metadata.TryGetValue(key, out var value) ? value.Content as string : null;
    }
}
