namespace CognitiveTools.Llama.Gguf;

/// <summary>A model's metadata as llama.cpp will read it: overrides replace the file's values.</summary>
internal sealed class GgufModelView(GgufModelFile file, IReadOnlyDictionary<string, GgufValue> overrides)
{
    public GgufModelFile File => file;

    public string Architecture { get; } = file.Metadata.GetRequired<string>("general.architecture");

    /// <summary>The full key of a hyperparameter.</summary>
    public string Key(string name) => $"{Architecture}.{name}";

    /// <summary>The full keys and the values of the architecture's hyperparameters.</summary>
    public IEnumerable<(string Key, GgufValue Value)> Hyperparameters()
    {
        var prefix = Architecture + ".";
        foreach (var key in file.Metadata.Keys)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && TryGet(key, out var value))
                yield return (key, value);
        }
    }

    public bool Has(string name) => file.Metadata.Contains(Key(name));

    public bool IsScalar(string name) => !file.Metadata.TryGetValue(Key(name), out var value) || value.Type != GgufValueType.Array;

    public long Required(string name) => Replaced(name) ?? file.Metadata.GetRequired<long>(Key(name));

    public long Optional(string name, long fallback = 0) => Replaced(name) ?? file.Metadata.GetOptional(Key(name), fallback);

    /// <summary>A count that the file has once for all layers, or once for each layer.</summary>
    /// <returns>One number for each layer, or <see langword="null"/> when the key is absent.</returns>
    /// <exception cref="GgufException">A value is not a whole number in the range, or the number of values is wrong.</exception>
    public long[]? PerLayer(string name, long layers, long most)
    {
        if (!TryGet(Key(name), out var value))
            return null;
        long[] counts = value.Content is Array array && value.Type == GgufValueType.Array
            ? Whole(name, array)
            : Enumerable.Repeat(Required(name), (int)layers).ToArray();
        if (counts.Length != layers)
            throw Fail(name, $"{counts.Length} values for {layers} layers");
        var wrong = Array.FindIndex(counts, count => count < 0 || count > most);
        return wrong < 0 ? counts : throw Fail(name, $"{counts[wrong]} in layer {wrong}; allowed are 0 to {most}");
    }

    public GgufException Fail(string name, string problem) => new(file.Path, Key(name), null, problem, GgufException.DamagedRemedy);

    private bool TryGet(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out GgufValue? value) =>
        overrides.TryGetValue(key, out value) || file.Metadata.TryGetValue(key, out value);

    private long? Replaced(string name) => overrides.TryGetValue(Key(name), out var value) ? value.Content as long? : null;

    private long[] Whole(string name, Array values) => values switch
    {
        int[] numbers when numbers.GetType() == typeof(int[]) => Array.ConvertAll(numbers, static n => (long)n),
        uint[] numbers => Array.ConvertAll(numbers, static n => (long)n),
        _ => throw Fail(name, $"holds an array of {values.GetType().GetElementType()!.Name}; llama.cpp reads UInt32 or Int32"),
    };
}
