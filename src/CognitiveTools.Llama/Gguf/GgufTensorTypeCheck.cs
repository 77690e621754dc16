namespace CognitiveTools.Llama.Gguf;

/// <summary>
/// Checks the formats of tensors by their role, which the name tells. llama.cpp's converter keeps vectors in F32, the only format in
/// which its kernels add and multiply them; matrices and embeddings may have any format with a dot product and an unpacking. On any
/// other format a kernel aborts or jumps to address 0.
/// </summary>
internal static class GgufTensorTypeCheck
{
    private const string Requantize = "Convert or quantize the model again with llama.cpp, or get another conversion.";

    // These have several dimensions, but the kernels use them as vectors.
    private static readonly string[] VectorNames = ["norm.weight", "ssm_conv1d.weight", "shortconv.conv.weight"];

    public static void Check(GgufModelFile file)
    {
        foreach (var tensor in file.Tensors)
        {
            if (IsVector(tensor) ? !IsForVectors(tensor) : !IsForMatrices(tensor))
            {
                var allowed = IsVector(tensor) ? "F32 vectors, norms and biases" : "F32, F16, BF16 or quantized matrices";
                var problem = $"{tensor.Type} elements; llama.cpp computes with {allowed} only";
                throw new GgufException(file.Path, $"tensor '{tensor.Name}'", null, problem, Requantize);
            }
        }
    }

    private static bool IsVector(GgufTensor tensor) =>
        tensor.Dimensions.Count <= 1
        || !tensor.Name.EndsWith(".weight", StringComparison.Ordinal)
        || VectorNames.Any(name => tensor.Name.EndsWith(name, StringComparison.Ordinal));

    // Integer formats are lookup tables of tokens or experts in some architectures.
    private static bool IsForVectors(GgufTensor tensor) =>
        tensor.Type == GgufTensorType.F32
        || (tensor.Type is GgufTensorType.I32 or GgufTensorType.I64
            && !tensor.Name.EndsWith(".bias", StringComparison.Ordinal) && !tensor.Name.EndsWith("norm.weight", StringComparison.Ordinal));

    private static bool IsForMatrices(GgufTensor tensor) => tensor.Type switch
    {
        GgufTensorType.Q8_1 or GgufTensorType.Q8_K => false, // formats of intermediate results
        GgufTensorType.I8 or GgufTensorType.I16 or GgufTensorType.I64 or GgufTensorType.F64 => false,
        GgufTensorType.I32 => tensor.Name.Contains("tid2eid", StringComparison.Ordinal), // experts by token
        _ => true,
    };
}
