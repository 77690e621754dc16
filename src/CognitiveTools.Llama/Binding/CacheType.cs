namespace CognitiveTools.Llama.Binding;

/// <summary>How keys and values are stored in the cache.</summary>
internal enum CacheType
{
    /// <summary>Floats of 16 bits.</summary>
    F16 = 1, // GGML_TYPE_F16

    /// <summary>Blocks of 32 integers of 8 bits with a common factor: 53% of the memory, slightly other results.</summary>
    Q8 = 8, // GGML_TYPE_Q8_0
}
