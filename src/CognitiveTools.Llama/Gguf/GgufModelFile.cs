using System.Diagnostics.CodeAnalysis;
using CognitiveTools.Models.Names;

namespace CognitiveTools.Llama.Gguf;

/// <summary>
/// The files of a model: one, or all parts of a split model. The metadata is the first part's, and a tensor may be in any part.
/// Owns the files.
/// </summary>
internal sealed class GgufModelFile : IDisposable
{
    private const string NumberKey = "split.no", CountKey = "split.count", TensorsKey = "split.tensors.count";
    private const string Repeat = "Get all parts of one conversion, and put them into one folder.";
    private const int MostNamed = 5;

    private readonly IReadOnlyList<GgufFile> _parts;
    private readonly Dictionary<string, GgufFile> _partOf = new(StringComparer.Ordinal);

    /// <param name="parts">At least one file, in order.</param>
    /// <exception cref="GgufException">Two parts have a tensor of the same name.</exception>
    public GgufModelFile(params IReadOnlyList<GgufFile> parts)
    {
        _parts = parts;
        foreach (var part in parts)
        {
            foreach (var tensor in part.Tensors)
            {
                if (!_partOf.TryAdd(tensor.Name, part))
                    throw new GgufException(part.Path, $"tensor '{tensor.Name}'", null, "an earlier part has it too", Repeat);
            }
        }
    }

    /// <summary>The path of the first file.</summary>
    public string Path => _parts[0].Path;

    /// <summary>The model's metadata.</summary>
    public GgufMetadata Metadata => _parts[0].Metadata;

    /// <summary>All tensors, part by part.</summary>
    public IEnumerable<GgufTensor> Tensors => _parts.SelectMany(static part => part.Tensors);

    /// <summary>Bytes of the weights in all files.</summary>
    public long WeightBytes => _parts.Sum(static part => part.Length - part.DataOffset);

    /// <summary>Opens a model and checks that its parts belong together. No tensor data is read.</summary>
    /// <param name="path">The file, of a split model the first part.</param>
    /// <exception cref="GgufException">
    /// A file is not a GGUF file or damaged; the path is another part than the first; or the parts do not belong together.
    /// </exception>
    /// <exception cref="FileNotFoundException">Parts are missing; the message names them.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static GgufModelFile Open(string path)
    {
        var parts = new List<GgufFile> { GgufFile.Open(path) };
        try
        {
            var count = parts[0].Metadata.GetOptional(CountKey, 1);
            if (count > 1)
            {
                foreach (var file in PartsOf(parts[0], count).Skip(1))
                    parts.Add(GgufFile.Open(file));
                CheckParts(parts);
            }

            return new GgufModelFile(parts);
        }
        catch
        {
            parts.ForEach(static part => part.Dispose());
            throw;
        }
    }

    /// <summary>Looks a tensor up by name.</summary>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out GgufTensor? tensor)
    {
        tensor = null;
        return _partOf.TryGetValue(name, out var part) && part.TryGetTensor(name, out tensor);
    }

    /// <inheritdoc cref="GgufFile.GetTensor"/>
    public GgufTensor GetTensor(string name) => _partOf.GetValueOrDefault(name, _parts[0]).GetTensor(name);

    /// <inheritdoc cref="GgufFile.OpenTensor"/>
    public GgufTensorReader OpenTensor(string name) => _partOf.GetValueOrDefault(name, _parts[0]).OpenTensor(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
    }

    // llama.cpp makes the names of the other parts from the first one's, in this form only.
    private static IReadOnlyList<string> PartsOf(GgufFile first, int count)
    {
        var name = System.IO.Path.GetFileName(first.Path);
        var number = first.Metadata.GetOptional(NumberKey, 0);
        if (SplitFileName.Parse(name) is not { } split || split.Count != count || split.Part != number + 1 || split.Ending != ".gguf")
            throw new GgufException(
                first.Path, CountKey, null, $"the file is part {number + 1} of {count} of a split model, and its name does not say so",
                $"Name it MODEL-{number + 1:00000}-of-{count:00000}.gguf, as its maker did, and put all parts into one folder.");
        var files = SplitFileName.FilesOf(first.Path);
        if (number != 0)
            throw new GgufException(
                first.Path, NumberKey, null,
                $"the file is part {number + 1} of {count} of a split model, which is loaded by its first part",
                $"Give {files[0]}.");
        var missing = files.Where(static file => !File.Exists(file)).Select(System.IO.Path.GetFileName).ToArray();
        return missing.Length == 0 ? files : throw new FileNotFoundException(
            $"{first.Path} is part 1 of {count} of a split model, and {missing.Length} of the others are missing beside it: "
            + $"{string.Join(", ", missing.Take(MostNamed))}{(missing.Length > MostNamed ? ", ..." : "")}. {Repeat}",
            first.Path);
    }

    private static void CheckParts(List<GgufFile> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var (number, count) = (parts[i].Metadata.GetRequired<int>(NumberKey), parts[i].Metadata.GetRequired<int>(CountKey));
            if (number != i || count != parts.Count)
                throw new GgufException(
                    parts[i].Path, NumberKey, null,
                    $"the file says that it is part {number + 1} of {count}, and its name {i + 1} of {parts.Count}",
                    Repeat);
        }

        var tensors = parts.Sum(static part => part.Tensors.Count);
        if (parts[0].Metadata.GetOptional(TensorsKey, tensors) is var stated && stated != tensors)
            throw new GgufException(
                parts[0].Path, TensorsKey, null, $"{stated}, but the {parts.Count} parts have {tensors} tensors", Repeat);
    }
}
