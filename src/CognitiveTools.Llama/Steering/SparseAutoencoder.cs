using CognitiveTools.Llama.Gguf;
using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Steering;

/// <summary>
/// A sparse autoencoder of the residual stream after one layer, in a GGUF file of its own: <c>z = relu(topk(E (h - b) + c))</c>,
/// <c>h' = D z + b</c>. Matrices have one row per feature; the rows of the decoder are the features' directions, of length 1.
/// </summary>
/// <param name="Layer">The layer, as llama.cpp counts its blocks.</param>
/// <param name="Active">Features that are active at a position, at most.</param>
/// <param name="Width">Floats of a state.</param>
/// <param name="Encoder">Features x width.</param>
/// <param name="Offsets">One for each feature.</param>
/// <param name="Decoder">Features x width.</param>
/// <param name="Bias">Width.</param>
internal sealed record SparseAutoencoder(
    int Layer, int Active, int Width, float[] Encoder, float[] Offsets, float[] Decoder, float[] Bias)
{
    private const string Architecture = "sparse-autoencoder";
    private const string EncoderName = "encoder.weight", OffsetsName = "encoder.bias", DecoderName = "decoder.weight",
        BiasName = "decoder.bias", LayerKey = Architecture + ".layer", ActiveKey = Architecture + ".active";

    /// <summary>Number of features.</summary>
    public int Features => Offsets.Length;

    /// <summary>The direction of a feature as a control vector of length 1.</summary>
    /// <param name="feature">Counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature.</exception>
    public ControlVector Direction(int feature)
    {
        if (feature < 0 || feature >= Features)
        {
            throw new ArgumentOutOfRangeException(
                nameof(feature), feature, $"The autoencoder has the features 0 to {Features - 1}. Name one of them.");
        }

        return new([KeyValuePair.Create(Layer, Decoder.AsSpan(feature * Width, Width).ToArray())]);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="model">Name of the run that made it.</param>
    public void Write(string path, string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        new GgufWriter()
            .Add("general.architecture", Architecture)
            .Add("general.name", model)
            .Add(LayerKey, (uint)Layer)
            .Add(ActiveKey, (uint)Active)
            .AddTensor(EncoderName, GgufTensorType.F32, [Width, Features], (row, into) => Row(Encoder, row, into))
            .AddTensor(OffsetsName, GgufTensorType.F32, [Features], (row, into) => Row(Offsets, row, into))
            .AddTensor(DecoderName, GgufTensorType.F32, [Width, Features], (row, into) => Row(Decoder, row, into))
            .AddTensor(BiasName, GgufTensorType.F32, [Width], (row, into) => Row(Bias, row, into))
            .Write(path);

        static void Row(float[] values, long row, Span<float> into) => values.AsSpan((int)row * into.Length, into.Length).CopyTo(into);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="GgufException">The file is damaged or not an autoencoder; the message names the key or tensor.</exception>
    public static SparseAutoencoder Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"There is no sparse autoencoder at {path}. Train one with `coglab train` (objective sparse-code), or correct the path.",
                path);
        using var file = GgufFile.Open(path);
        var architecture = file.Metadata.GetOptional("general.architecture", "");
        if (architecture != Architecture)
            throw Wrong("general.architecture", $"is '{architecture}', not '{Architecture}'");
        var (layer, active) = (file.Metadata.GetRequired<uint>(LayerKey), file.Metadata.GetRequired<uint>(ActiveKey));
        if (!file.TryGetTensor(DecoderName, out var decoder))
            throw Wrong(DecoderName, "is missing");
        var (width, features) = (decoder.RowLength, decoder.RowCount);
        if (layer is 0 or > int.MaxValue || active == 0 || active > features)
            throw Wrong(layer is 0 or > int.MaxValue ? LayerKey : ActiveKey, "is out of range");
        return new(
            (int)layer, (int)active, (int)width, Values(EncoderName, features, width), Values(OffsetsName, 1, features),
            Values(DecoderName, features, width), Values(BiasName, 1, width));

        float[] Values(string name, long rows, long columns)
        {
            if (!file.TryGetTensor(name, out var tensor) || tensor.Type != GgufTensorType.F32 || tensor.RowCount != rows
                || tensor.RowLength != columns)
                throw Wrong(name, $"is not a tensor of {rows} x {columns} F32");
            var values = new float[checked(rows * columns)];
            using var reader = file.OpenTensor(name);
            for (var row = 0L; row < rows; row++)
                reader.ReadRow(row, values.AsSpan((int)(row * columns), (int)columns));
            return values;
        }

        GgufException Wrong(string field, string problem) =>
            new(path, field, null, problem, "Give a file that `coglab train` wrote for the objective sparse-code.");
    }
}
