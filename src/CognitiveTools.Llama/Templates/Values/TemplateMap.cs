using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>A Python dictionary: keys in order of insertion, of any value that can be hashed. Filled once, then only read.</summary>
internal sealed class TemplateMap
{
    private readonly Dictionary<object, int> _index = new(new KeyComparer());
    private readonly List<KeyValuePair<object?, object?>> _entries = [];

    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => _entries;

    public int Count => _entries.Count;

    /// <summary>A value by name; <see langword="null"/> when there is none.</summary>
    public object? Get(string key) => TryGet(TemplateText.Own(key), out var value) ? value : null;

    public bool TryGet(object? key, out object? value)
    {
        if (_index.TryGetValue(Hashable(key), out var at))
        {
            value = _entries[at].Value;
            return true;
        }

        value = null;
        return false;
    }

    public TemplateMap Set(string key, object? value)
    {
        Set(TemplateText.Own(key), value);
        return this;
    }

    public void Set(object? key, object? value)
    {
        if (_index.TryAdd(Hashable(key), _entries.Count))
            _entries.Add(new(key, value));
        else
            _entries[_index[Hashable(key)]] = new(_entries[_index[Hashable(key)]].Key, value);
    }

    /// <exception cref="TemplateException">The value cannot be a key.</exception>
    private static object Hashable(object? key) => key switch
    {
        null => KeyComparer.None,
        TemplateMap or TemplateSequence { Kind: not (SequenceKind.Tuple or SequenceKind.Range or SequenceKind.Generator) } =>
            throw new TemplateException($"unhashable type: '{PythonTypes.NameOf(key)}'"),
        _ => key,
    };

    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static readonly object None = new();

        public new bool Equals(object? x, object? y) => ReferenceEquals(x, y) || PythonComparison.AreEqual(x, y);

        public int GetHashCode(object obj) => obj switch
        {
            bool flag => new BigInteger(flag ? 1 : 0).GetHashCode(),
            double number when double.IsInteger(number) => new BigInteger(number).GetHashCode(),
            TemplateSequence tuple => tuple.Items.Aggregate(17, (hash, item) => hash * 31 + GetHashCode(Hashable(item))),
            _ => obj.GetHashCode(),
        };
    }
}
