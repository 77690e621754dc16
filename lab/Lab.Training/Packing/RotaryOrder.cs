namespace CognitiveTools.Lab.Training.Packing;

/// <summary>Which elements of a head the rotary embedding turns together.</summary>
internal enum RotaryOrder
{
    /// <summary>Neighbours (0,1), (2,3), ... as llama.cpp computes the llama architecture: rows are stored as they are.</summary>
    Interleaved,

    /// <summary>Element i with i + half the head, as Hugging Face stores llama: query and key rows are reordered.</summary>
    Halves,
}
