using System.Buffers;
using System.Numerics.Tensors;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Latents;

/// <summary>
/// The input embedding matrix (or the output matrix), read from the mapped model file row by row and unpacked by ggml itself,
/// so that a row has exactly the values the network looks up. Thread-safe.
/// </summary>
internal sealed unsafe class LlamaTokenEmbeddings : ITokenEmbeddings, IDisposable
{
    private const string InputTensor = "token_embd.weight";
    private const string OutputTensor = "output.weight";

    private readonly GgufModelFile _file;
    private readonly GgufTensorReader _reader;
    private readonly Lazy<(float Mean, float RootMeanSquare)> _norms;

    private LlamaTokenEmbeddings(GgufModelFile file, GgufTensorReader reader, int count)
    {
        (_file, _reader, Count) = (file, reader, count);
        Length = (int)reader.Tensor.RowLength;
        _norms = new(MeasureNorms);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Length { get; }

    /// <summary>The factor that turns a stored row into the network's input.</summary>
    public float Scale { get; internal set; } = 1;

    /// <inheritdoc/>
    /// <remarks>Reads the whole matrix on first use.</remarks>
    public float MeanNorm => _norms.Value.Mean * Scale;

    /// <inheritdoc/>
    /// <remarks>Reads the whole matrix on first use.</remarks>
    public float RootMeanSquareNorm => _norms.Value.RootMeanSquare * Scale;

    /// <summary>Opens the input matrix of a model.</summary>
    /// <exception cref="GgufException">The file has no such tensor.</exception>
    /// <exception cref="NotSupportedException">The matrix has another shape than the network's input.</exception>
    public static LlamaTokenEmbeddings Open(LlamaModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Open(model, static _ => InputTensor);
    }

    /// <summary>Opens the output matrix of a model; where the two are tied, that is the input matrix as stored.</summary>
    /// <exception cref="NotSupportedException">The matrix has another shape than hidden states.</exception>
    public static LlamaTokenEmbeddings OpenOutput(LlamaModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Open(model, static file => file.TryGetTensor(OutputTensor, out _) ? OutputTensor : InputTensor);
    }

    private static LlamaTokenEmbeddings Open(LlamaModel model, Func<GgufModelFile, string> nameIn)
    {
        var file = GgufModelFile.Open(model.Path);
        try
        {
            var name = nameIn(file);
            var tensor = file.GetTensor(name);
            if (tensor.RowLength != model.EmbeddingLength || tensor.RowCount < model.Tokenizer.Count)
                throw new NotSupportedException(
                    $"{model.Path}: {name} is {tensor.Shape}, but the network takes {model.EmbeddingLength} x {model.Tokenizer.Count}. "
                    + "Use another model for latent reasoning.");
            return new(file, file.OpenTensor(name), model.Tokenizer.Count);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void CopyRow(int token, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Length, nameof(destination));
        ReadRow(token, destination[..Length]);
        if (Scale != 1)
            TensorPrimitives.Multiply(destination[..Length], Scale, destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    private void ReadRow(int token, Span<float> destination)
    {
        var traits = NativeMethods.ggml_get_type_traits((int)_reader.Tensor.Type);
        if (traits->ToFloat is null) // F32: nothing to unpack
        {
            _reader.ReadRow(token, destination);
            return;
        }

        var size = (int)_reader.Tensor.BytesPerRow;
        var packed = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            _reader.ReadRow(token, packed.AsSpan(0, size));
            fixed (byte* source = packed)
            fixed (float* target = destination)
                traits->ToFloat(source, target, destination.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private (float Mean, float RootMeanSquare) MeasureNorms()
    {
        var row = new float[Length];
        double sum = 0, squares = 0;
        for (var token = 0; token < Count; token++)
        {
            ReadRow(token, row);
            var norm = TensorPrimitives.Norm<float>(row);
            sum += norm;
            squares += (double)norm * norm;
        }

        return ((float)(sum / Count), (float)Math.Sqrt(squares / Count));
    }
}
