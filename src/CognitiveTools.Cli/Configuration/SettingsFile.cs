using System.Text;
using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Configuration;

/// <summary>Reads a settings file, keeping the line of every value. Comments and trailing commas are allowed, as in .NET's own.</summary>
internal static class SettingsFile
{
    private const long MaxBytes = 1 << 20;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The values of a file.</summary>
    /// <returns>Nothing when the file is missing or empty. A pipe or a device counts as empty and is not opened.</returns>
    /// <exception cref="InvalidDataException">It is not a JSON object; the message names file, line and reason.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<SettingEntry> Read(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 and var length })
            return [];
        if (length > MaxBytes)
            throw new InvalidDataException($"{path}: {length} bytes are too many for settings; at most {MaxBytes} are read.");
        var bytes = File.ReadAllBytes(path);
        var text = bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsSpan(ByteOrderMark.Length) : bytes;
        var entries = new List<SettingEntry>();
        var form = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var reader = new Utf8JsonReader(text, form);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new InvalidDataException($"{path}:1: settings are one JSON object, such as {{\"{SettingTable.Model}\": \"mini\"}}.");
            ReadObject(ref reader, text, path, prefix: "", entries);
            while (reader.Read())
            {
                // anything after the object is an error that the reader finds
            }
        }
        catch (JsonException error)
        {
            throw JsonFault.Of(error, text, path);
        }
        catch (InvalidOperationException error) // a text that is not UTF-8
        {
            throw new InvalidDataException($"{path}:{LineAt(text, reader.TokenStartIndex)}: {error.Message}", error);
        }

        return entries;
    }

    private static void ReadObject(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string path, string prefix, List<SettingEntry> entries)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = prefix + reader.GetString();
            reader.Read();
            ReadValue(ref reader, text, path, key, entries);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string path, string key, List<SettingEntry> entries)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadObject(ref reader, text, path, key + ":", entries);
                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                    ReadValue(ref reader, text, path, $"{key}:{i}", entries);
                break;
            case JsonTokenType.Null:
                break; // the same as leaving it out
            default:
                var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
                var place = $"{path}:{LineAt(text, reader.TokenStartIndex)}";
                if (entries.Find(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } earlier)
                    throw new InvalidDataException($"{place}: {key} is set a second time; the first is {earlier.Place}. Delete one.");
                entries.Add(new SettingEntry(key, value, place));
                break;
        }
    }

    private static int LineAt(ReadOnlySpan<byte> text, long position) => text[..(int)position].Count((byte)'\n') + 1;
}
