namespace CognitiveTools.Llama.Gguf;

/// <summary>Type tags of GGUF metadata values, with the numbers the format uses.</summary>
#pragma warning disable CA1720 // the members are type names
internal enum GgufValueType
{
    /// <summary>Unsigned 8 bit.</summary>
    Byte = 0,
    /// <summary>Signed 8 bit.</summary>
    SByte = 1,
    /// <summary>Unsigned 16 bit.</summary>
    UInt16 = 2,
    /// <summary>Signed 16 bit.</summary>
    Int16 = 3,
    /// <summary>Unsigned 32 bit.</summary>
    UInt32 = 4,
    /// <summary>Signed 32 bit.</summary>
    Int32 = 5,
    /// <summary>IEEE single.</summary>
    Single = 6,
    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 7,
    /// <summary>UTF-8 with a 64 bit length.</summary>
    String = 8,
    /// <summary>Element type, 64 bit count, elements.</summary>
    Array = 9,
    /// <summary>Unsigned 64 bit.</summary>
    UInt64 = 10,
    /// <summary>Signed 64 bit.</summary>
    Int64 = 11,
    /// <summary>IEEE double.</summary>
    Double = 12,
}
