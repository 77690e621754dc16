namespace CognitiveTools.Lab.Training.Packing;

/// <summary>Element formats that can be read.</summary>
internal enum SafetensorsType
{
    /// <summary>IEEE single.</summary>
    F32,

    /// <summary>IEEE half.</summary>
    F16,

    /// <summary>The upper half of a single.</summary>
    BF16,
}
