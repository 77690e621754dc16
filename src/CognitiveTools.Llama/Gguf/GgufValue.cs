namespace CognitiveTools.Llama.Gguf;

/// <summary>One metadata value: a scalar, an array of scalars, or an array of arrays.</summary>
internal sealed class GgufValue
{
    private GgufValue(GgufValueType type, GgufValueType? elementType, object content)
        => (Type, ElementType, Content) = (type, elementType, content);

    /// <summary>The value's type tag.</summary>
    public GgufValueType Type { get; }

    /// <summary>Type of the elements; null unless <see cref="Type"/> is an array.</summary>
    public GgufValueType? ElementType { get; }

    /// <summary>The boxed scalar, a <c>T[]</c> for arrays of scalars, or a <c>GgufValue[]</c> for arrays of arrays.
    /// Treat arrays as read-only.</summary>
    public object Content { get; }

    /// <summary>Wraps a scalar: any of the integer types, float, double, bool or string.</summary>
    /// <exception cref="ArgumentException">GGUF has no such type.</exception>
    public static GgufValue Scalar<T>(T value) where T : notnull => new(TagOf(typeof(T)), null, value);

    /// <summary>Wraps an array of scalars without copying it.</summary>
    /// <exception cref="ArgumentException">GGUF has no such element type.</exception>
    public static GgufValue Array<T>(T[] values) where T : notnull => new(GgufValueType.Array, TagOf(typeof(T)), values);

    /// <summary>Wraps an array of arrays. llama.cpp itself refuses these; other readers accept them.</summary>
    /// <exception cref="ArgumentException">An element is not an array.</exception>
    public static GgufValue Nested(params GgufValue[] arrays)
        => System.Array.TrueForAll(arrays, static a => a.Type == GgufValueType.Array)
            ? new(GgufValueType.Array, GgufValueType.Array, arrays)
            : throw new ArgumentException(
                "Every element of a nested array must be an array: wrap scalars with GgufValue.Array.", nameof(arrays));

    /// <summary>The type and size for messages, for example <c>UInt32</c> or <c>String[32000]</c>.</summary>
    public override string ToString() => Content is System.Array array ? $"{ElementType}[{array.Length}]" : $"{Type} {Content}";

    internal static GgufValueType TagOf(Type type) => System.Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => GgufValueType.Byte,
        TypeCode.SByte => GgufValueType.SByte,
        TypeCode.UInt16 => GgufValueType.UInt16,
        TypeCode.Int16 => GgufValueType.Int16,
        TypeCode.UInt32 => GgufValueType.UInt32,
        TypeCode.Int32 => GgufValueType.Int32,
        TypeCode.Single => GgufValueType.Single,
        TypeCode.Boolean => GgufValueType.Boolean,
        TypeCode.String => GgufValueType.String,
        TypeCode.UInt64 => GgufValueType.UInt64,
        TypeCode.Int64 => GgufValueType.Int64,
        TypeCode.Double => GgufValueType.Double,
        _ => throw new ArgumentException(
            $"GGUF has no metadata type for {type}; use an integer type, float, double, bool or string.", nameof(type)),
    };

    /// <summary>Bytes of one scalar; null for strings and arrays, whose size varies.</summary>
    internal static int? SizeOf(GgufValueType type) => type switch
    {
        GgufValueType.Byte or GgufValueType.SByte or GgufValueType.Boolean => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Single => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Double => 8,
        _ => null,
    };
}
