using System.Diagnostics.CodeAnalysis;

namespace CognitiveTools.Llama.Gguf;

/// <summary>The key-value section of a GGUF file, in file order.</summary>
internal sealed class GgufMetadata
{
    private readonly string _path;
    private readonly OrderedDictionary<string, GgufValue> _values;

    internal GgufMetadata(string path, OrderedDictionary<string, GgufValue> values) => (_path, _values) = (path, values);

    /// <summary>All keys in file order.</summary>
    public IReadOnlyList<string> Keys => _values.Keys;

    /// <summary>Whether the key is present.</summary>
    public bool Contains(string key) => _values.ContainsKey(key);

    /// <summary>The raw value, if the key is present.</summary>
    internal bool TryGetValue(string key, [NotNullWhen(true)] out GgufValue? value) => _values.TryGetValue(key, out value);

    /// <summary>The value as <typeparamref name="T"/>: exact type, or any integer type whose value fits. Arrays are
    /// requested as <c>string[]</c>, <c>int[]</c>, ... and match exactly.</summary>
    /// <exception cref="GgufException">The key is absent or holds another type.</exception>
    public T GetRequired<T>(string key) => _values.TryGetValue(key, out var value)
        ? Convert<T>(key, value)
        : throw new GgufException(_path, key, null, "the key is missing", "Use a model converted for a current llama.cpp.");

    /// <summary>As <see cref="GetRequired{T}"/>, or <paramref name="fallback"/> when the key is absent.</summary>
    /// <exception cref="GgufException">The key holds another type.</exception>
    public T GetOptional<T>(string key, T fallback) => _values.TryGetValue(key, out var value) ? Convert<T>(key, value) : fallback;

    private T Convert<T>(string key, GgufValue value)
    {
        // the runtime lets uint[] pass for int[]: compare the declared element type as well
        if (value.Content is T exact && (value.ElementType is not { } element || ElementMatches(typeof(T), element)))
            return exact;
        if (TryInteger(value.Content) is { } integer && TryNarrow(typeof(T), integer) is T narrowed)
            return narrowed;
        throw new GgufException(
            _path, key, null, $"holds {value}, which is not a {typeof(T).Name}", "Use a model converted for a current llama.cpp.");
    }

    private static bool ElementMatches(Type array, GgufValueType element)
        => element == GgufValueType.Array || array.GetElementType() is not { } type || GgufValue.TagOf(type) == element;

    private static Int128? TryInteger(object content) => content switch
    {
        byte v => v,
        sbyte v => v,
        ushort v => v,
        short v => v,
        uint v => v,
        int v => v,
        ulong v => v,
        long v => v,
        _ => null,
    };

    private static object? TryNarrow(Type type, Int128 value) => System.Type.GetTypeCode(type) switch
    {
        TypeCode.Byte when value >= byte.MinValue && value <= byte.MaxValue => (byte)value,
        TypeCode.SByte when value >= sbyte.MinValue && value <= sbyte.MaxValue => (sbyte)value,
        TypeCode.UInt16 when value >= ushort.MinValue && value <= ushort.MaxValue => (ushort)value,
        TypeCode.Int16 when value >= short.MinValue && value <= short.MaxValue => (short)value,
        TypeCode.UInt32 when value >= uint.MinValue && value <= uint.MaxValue => (uint)value,
        TypeCode.Int32 when value >= int.MinValue && value <= int.MaxValue => (int)value,
        TypeCode.UInt64 when value >= 0 => (ulong)value,
        TypeCode.Int64 when value <= long.MaxValue => (long)value,
        _ => null,
    };
}
