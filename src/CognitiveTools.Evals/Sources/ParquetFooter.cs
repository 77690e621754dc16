using System.Buffers.Binary;

namespace CognitiveTools.Evals.Sources;

/// <summary>
/// Walks the footer of a Parquet file (Thrift's compact protocol) before the library reads it. The library trusts the footer: one
/// that ends early, or whose fields have other types than it expects, makes it read without end or fill memory. Here every length
/// and count must fit into the bytes that are left, and every known field must have its type, so that the library reads the same
/// bytes in the same order. Unknown fields are checked too; the library skips them.
/// </summary>
internal sealed class ParquetFooter
{
    private const int MostBytes = 64 << 20, MostDepth = 24;

    // Wire types of the compact protocol.
    private const int True = 1, False = 2, Byte = 3, Int16 = 4, Int32 = 5, Int64 = 6, Double = 7, Binary = 8;
    private const int List = 9, Set = 10, Map = 11, Struct = 12;

    // parquet.thrift: the fields of each structure by number. "B" is a truth value, "y" a byte, "h", "i" and "l" are integers of 16, 32 and
    // 64 bits, "s" is a text, a name a structure, and what follows "*" the items of a list.
    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["File"] = ["i", "*Schema", "l", "*RowGroup", "*KeyValue", "s", "*Order", "Any", "s"],
        ["Schema"] = ["i", "i", "i", "s", "i", "i", "i", "i", "i", "Logical"],
        ["Logical"] =
        [
            "Any", "Any", "Any", "Any", "Decimal", "Any", "Time", "Time", "", "Integer", "Any", "Any", "Any", "Any", "Any",
            "Variant", "Geo", "Geo",
        ],
        ["Decimal"] = ["i", "i"],
        ["Time"] = ["B", "Unit"],
        ["Unit"] = ["Any", "Any", "Any"],
        ["Integer"] = ["y", "B"],
        ["Variant"] = ["y"],
        ["Geo"] = ["s", "i"],
        ["RowGroup"] = ["*Column", "l", "l", "*Sorting", "l", "l", "h"],
        ["Sorting"] = ["i", "B", "B"],
        ["Column"] = ["s", "l", "ColumnData", "l", "i", "l", "i", "Any", "s"],
        ["ColumnData"] =
        [
            "i", "*i", "*s", "i", "l", "l", "l", "*KeyValue", "l", "l", "l", "Statistics", "*Encoding", "l", "i", "Sizes", "Any",
        ],
        ["Statistics"] = ["s", "s", "l", "l", "s", "s", "B", "B"],
        ["Encoding"] = ["i", "i", "i"],
        ["Sizes"] = ["l", "*l", "*l"],
        ["KeyValue"] = ["s", "s"],
        ["Order"] = ["Any"],
        ["Any"] = [],
    };

    private readonly byte[] _bytes;
    private int _at;

    private ParquetFooter(byte[] bytes) => _bytes = bytes;

    /// <summary>Checks the footer of a file and goes back to its beginning.</summary>
    /// <exception cref="InvalidDataException">The footer is damaged.</exception>
    public static void Check(Stream file)
    {
        Span<byte> tail = stackalloc byte[8];
        if (file.Length < 12)
            throw new InvalidDataException("the file is too short");
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (!tail[4..].SequenceEqual("PAR1"u8))
            throw new InvalidDataException("the file does not end as Parquet files do");
        if (length > Math.Min(MostBytes, file.Length - 12))
            throw new InvalidDataException($"the footer claims {length} bytes");
        var footer = new byte[length];
        file.Position = file.Length - tail.Length - length;
        file.ReadExactly(footer);
        file.Position = 0;
        new ParquetFooter(footer).Structure("File", 0);
    }

    private static InvalidDataException Damaged(string what) => new($"the footer is damaged: {what}");

    private void Structure(string name, int depth)
    {
        if (depth > MostDepth)
            throw Damaged("it is nested too deeply");
        var known = Fields[name];
        for (var field = 0; ;)
        {
            var head = Next();
            if (head == 0)
                return;
            var (delta, type) = (head >> 4, head & 15);
            field = delta > 0 ? field + delta : (short)ZigZag(16);
            var expected = field >= 1 && field <= known.Length ? known[field - 1] : "";
            if (expected.Length > 0 && type != WireOf(expected) && !(expected == "B" && type is True or False))
                throw Damaged($"field {field} of {name} has another type");
            Value(type, expected, depth);
        }
    }

    private void Value(int type, string expected, int depth)
    {
        switch (type)
        {
            case True or False:
                break;
            case Byte:
                Skip(1);
                break;
            case Int16 or Int32 or Int64:
                ZigZag(type == Int64 ? 64 : 32);
                break;
            case Double:
                Skip(sizeof(double));
                break;
            case Binary:
                Skip(Varint(31));
                break;
            case List or Set:
                Items(expected is ['*', .. var item] ? item : "", depth);
                break;
            case Map:
                Pairs(depth);
                break;
            case Struct:
                Structure(Fields.ContainsKey(expected) ? expected : "Any", depth + 1);
                break;
            default:
                throw Damaged($"there is no type {type}");
        }
    }

    private void Items(string expected, int depth)
    {
        var head = Next();
        var (count, type) = ((long)head >> 4, head & 15);
        if (count == 15)
            count = Varint(31);
        if (count > 0 && expected.Length > 0 && type != WireOf(expected))
            throw Damaged("the items of a list have another type");
        Fits(count);
        for (; count > 0; count--)
            Item(type, expected, depth);
    }

    private void Pairs(int depth)
    {
        var count = Varint(31);
        if (count == 0)
            return;
        var types = Next();
        Fits(count);
        for (; count > 0; count--)
        {
            Item(types >> 4, "", depth);
            Item(types & 15, "", depth);
        }
    }

    // A truth value is a byte in a list, and a part of the head in a structure.
    private void Item(int type, string expected, int depth)
    {
        if (type is True or False)
            Skip(1);
        else
            Value(type, expected, depth + 1);
    }

    private static int WireOf(string expected) => expected switch
    {
        "B" => True,
        "y" => Byte,
        "h" => Int16,
        "i" => Int32,
        "l" => Int64,
        "s" => Binary,
        ['*', ..] => List,
        _ => Struct,
    };

    private int Next() => _at < _bytes.Length ? _bytes[_at++] : throw Damaged("it ends early");

    private void Skip(long count)
    {
        Fits(count);
        _at += (int)count;
    }

    // Every item takes at least one byte.
    private void Fits(long count)
    {
        if (count > _bytes.Length - _at)
            throw Damaged($"{count} bytes or items are claimed, and {_bytes.Length - _at} bytes are left");
    }

    private long ZigZag(int bits)
    {
        var value = Varint(bits);
        return (value >>> 1) ^ -(value & 1);
    }

    private long Varint(int bits)
    {
        long value = 0;
        for (var shift = 0; shift < bits + 6; shift += 7)
        {
            var part = Next();
            value |= (long)(part & 127) << shift;
            if (part < 128)
                return bits > 31 || value <= uint.MaxValue ? value : throw Damaged("a number is too large");
        }

        throw Damaged("a number is too long");
    }
}
