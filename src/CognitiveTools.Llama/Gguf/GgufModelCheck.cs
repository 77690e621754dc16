namespace CognitiveTools.Llama.Gguf;

/// <summary>
/// Refuses models on which llama.cpp (at the pinned version) would abort, crash, hang or compute no numbers instead of reporting
/// an error. Encoders, which it loads although they do not predict a next token, are refused too. Unknown architectures and keys pass:
/// llama.cpp itself refuses everything else with an error.
/// </summary>
internal static class GgufModelCheck
{
    /// <summary>Checks a file as a model for llama.cpp.</summary>
    /// <exception cref="GgufException">The file is not a usable language model; the message names the key or the tensor.</exception>
    public static void Check(GgufFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Check(new GgufModelFile(file));
    }

    /// <summary>Checks the files of a model.</summary>
    internal static void Check(GgufModelFile file) => Check(file, new Dictionary<string, GgufValue>(StringComparer.Ordinal));

    /// <summary>Checks a model with some of its metadata replaced.</summary>
    internal static void Check(GgufModelFile file, IReadOnlyDictionary<string, GgufValue> overrides)
    {
        ArgumentNullException.ThrowIfNull(file);
        GgufKindCheck.Check(file);
        var model = new GgufModelView(file, overrides);
        RefuseEncoder(model);
        GgufHyperparameterCheck.Check(model);
        GgufVocabularyCheck.Check(file);
        GgufTensorTypeCheck.Check(file);
    }

    // llama.cpp loads encoders (BERT and its like) without an error, but their output is not a next-token prediction.
    private static void RefuseEncoder(GgufModelView model)
    {
        if (!model.File.Metadata.GetOptional(model.Key("attention.causal"), true))
            throw new GgufException(
                model.File.Path, model.Key("attention.causal"), null,
                $"the model is an encoder ('{model.Architecture}', bidirectional attention) and does not predict a next token",
                "Use a generative language model.");
    }
}
