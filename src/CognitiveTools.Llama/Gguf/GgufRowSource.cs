namespace CognitiveTools.Llama.Gguf;

/// <summary>Gives the floats of one row when the writer reaches it; called once per row, in order.</summary>
/// <param name="row">Row number from 0.</param>
/// <param name="destination">Row-length floats to fill.</param>
internal delegate void GgufRowSource(long row, Span<float> destination);
