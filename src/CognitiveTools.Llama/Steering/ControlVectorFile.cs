using System.Globalization;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Steering;

/// <summary>Control vectors in llama.cpp's own format: a GGUF file with one F32 tensor <c>direction.N</c> per layer.</summary>
internal static class ControlVectorFile
{
    private const string Architecture = "controlvector";
    private const string Prefix = "direction.";

    /// <summary>The path of a file named relative to the current folder, the program's, or one above them, as suites name it.</summary>
    public static string Find(string file) => ModelStore.FindInRepository(file) ?? Path.GetFullPath(file);

    /// <summary>Writes a vector.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="model">Name of the model that it was computed on.</param>
    /// <param name="facts">Further metadata, for example the number of pairs.</param>
    public static void Write(string path, ControlVector vector, string model, IReadOnlyDictionary<string, string>? facts = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(vector);
        var writer = new GgufWriter()
            .Add("general.architecture", Architecture)
            .Add(Architecture + ".model_hint", model)
            .Add(Architecture + ".layer_count", vector.Layers.Count);
        foreach (var (key, value) in facts ?? new Dictionary<string, string>(StringComparer.Ordinal))
            writer.Add("cognitive_tools." + key, value);
        foreach (var layer in vector.Layers)
            writer.AddTensor(
                string.Create(CultureInfo.InvariantCulture, $"{Prefix}{layer}"), GgufTensorType.F32, [vector.Width],
                (_, row) => vector.Direction(layer).CopyTo(row));
        writer.Write(path);
    }

    /// <summary>Reads a vector.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="GgufException">The file is damaged or not a control vector; the message names the key or tensor.</exception>
    public static ControlVector Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new FileNotFoundException($"{path} is a folder, not a control vector. Name the file in it.", path);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"There is no control vector at {path}. Compute one with `cogtools models steer`, or correct the path.", path);
        using var file = GgufFile.Open(path);
        var architecture = file.Metadata.GetOptional("general.architecture", "");
        if (architecture != Architecture)
            throw new GgufException(
                path, "general.architecture", null, $"is '{architecture}', not '{Architecture}'",
                "Give a file that `cogtools models steer` or llama.cpp's cvector-generator wrote.");
        var directions = new Dictionary<int, float[]>();
        foreach (var tensor in file.Tensors)
        {
            if (!tensor.Name.StartsWith(Prefix, StringComparison.Ordinal)
                || !int.TryParse(tensor.Name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var layer)
                    || layer < 1)
                throw new GgufException(
                    path, tensor.Name, null, "the name is not direction.N with N of at least 1", "Give a control vector.");
            if (tensor.Type != GgufTensorType.F32 || tensor.RowCount != 1
                || (directions.Count > 0 && directions.Values.First().Length != tensor.RowLength))
                throw new GgufException(
                    path, tensor.Name, null, $"{tensor.Type} of {tensor.Shape} is not an F32 row as wide as the others",
                    "Give a control vector.");
            using var reader = file.OpenTensor(tensor.Name);
            reader.ReadRow(0, directions[layer] = new float[tensor.RowLength]);
        }

        return directions.Count > 0
            ? new(directions)
            : throw new GgufException(path, Prefix + "1", null, "the file has no directions", "Give a control vector.");
    }
}
