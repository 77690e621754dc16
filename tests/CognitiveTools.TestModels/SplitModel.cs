using System.Globalization;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.TestModels;

/// <summary>
/// Splits a GGUF file as llama.cpp's <c>llama-gguf-split</c> does: the first part has the metadata, every part some tensors.
/// </summary>
public static class SplitModel
{
    /// <summary>Writes the parts beside the file, named after it, and returns their paths in order.</summary>
    /// <param name="path">A file whose tensors are F32, F16, BF16 or Q8_0.</param>
    /// <param name="parts">Number of parts.</param>
    /// <param name="change">Changes what a part says about itself: part from 0, then <c>split.no</c> and <c>split.count</c>.</param>
    public static IReadOnlyList<string> Write(string path, int parts, Func<int, (int Number, int Count)>? change = null)
    {
        using var file = GgufFile.Open(path);
        var stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path));
        var each = (file.Tensors.Count + parts - 1) / parts;
        var paths = new List<string>();
        for (var part = 0; part < parts; part++)
        {
            var writer = new GgufWriter();
            foreach (var key in part == 0 ? file.Metadata.Keys : [])
            {
                if (file.Metadata.TryGetValue(key, out var value))
                    writer.Add(key, value);
            }

            var (number, count) = change?.Invoke(part) ?? (part, parts);
            writer.Add("split.no", (ushort)number).Add("split.count", (ushort)count).Add("split.tensors.count", file.Tensors.Count);
            foreach (var tensor in file.Tensors.Skip(part * each).Take(each))
            {
                writer.AddTensor(tensor.Name, tensor.Type, tensor.Dimensions, (row, into) =>
                {
                    using var rows = file.OpenTensor(tensor.Name);
                    rows.ReadRow(row, into);
                });
            }

            paths.Add(string.Create(CultureInfo.InvariantCulture, $"{stem}-{part + 1:00000}-of-{parts:00000}.gguf"));
            writer.Write(paths[^1]);
        }

        return paths;
    }
}
