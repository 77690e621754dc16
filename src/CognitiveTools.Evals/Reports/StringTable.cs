namespace CognitiveTools.Evals.Reports;

/// <summary>Texts that repeat, stored once and named by index.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Texts => _indices.Keys;

    /// <summary>The index of a text, or -1 for <see langword="null"/>.</summary>
    public int Add(string? text)
    {
        if (text is null)
            return -1;
        if (!_indices.TryGetValue(text, out var index))
            _indices[text] = index = _indices.Count;
        return index;
    }
}
