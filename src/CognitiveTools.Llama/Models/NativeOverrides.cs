using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Llama.Models;

/// <summary>
/// Checks overrides against a file and encodes them in llama.cpp's layout (<c>llama_model_kv_override</c>, an empty key ends the list).
/// </summary>
internal static class NativeOverrides
{
    private const int KeyOffset = 4, KeyBytes = 128, ValueOffset = 136, TextBytes = 128, Size = 264;

    /// <summary>The overrides as values of the file's types.</summary>
    /// <exception cref="GgufException">The file has no such key, or its value has another type.</exception>
    internal static IReadOnlyDictionary<string, GgufValue> Typed(IEnumerable<MetadataOverride> overrides, GgufModelFile file)
    {
        var typed = new Dictionary<string, GgufValue>(StringComparer.Ordinal);
        foreach (var (key, text) in overrides)
        {
            if (key.StartsWith(FileTemplate.Key, StringComparison.Ordinal))
                throw Wrong(
                    key, "a chat template is not read from overrides", "Give another one with --chat-template (Llama:ChatTemplate).");
            if (!file.Metadata.TryGetValue(key, out var present))
                throw Wrong(
                    key, "the file has no such key, so overriding it would change nothing",
                    $"It has: {string.Join(", ", file.Metadata.Keys.Where(k => !k.StartsWith("tokenizer.", StringComparison.Ordinal)))}.");
            if (Encoding.UTF8.GetByteCount(key) >= KeyBytes
                || (present.Type == GgufValueType.String && Encoding.UTF8.GetByteCount(text) >= TextBytes))
                throw Wrong(key, $"llama.cpp allows {KeyBytes - 1} bytes for the key and {TextBytes - 1} for a text", "Shorten it.");
            var value = Parse(present.Type, text)
                ?? throw Wrong(key, $"'{text}' cannot take the place of {Said(present)}, which the file has", $"Give {KindOf(present)}.");
            if (!typed.TryAdd(key, value))
                throw Wrong(key, "the key is overridden twice", "Keep one.");
        }

        return typed;

        GgufException Wrong(string key, string problem, string remedy) => new(file.Path, key, null, problem, remedy);
    }

    /// <summary>Checks the model as the overrides change it.</summary>
    /// <exception cref="GgufException">It cannot be loaded; the message names the overrides when the file alone can be loaded.</exception>
    internal static void Check(GgufModelFile file, IReadOnlyDictionary<string, GgufValue> overrides)
    {
        try
        {
            GgufModelCheck.Check(file, overrides);
        }
        catch (GgufException misfit) when (overrides.Count > 0 && IsSound(file))
        {
            var given = string.Join(", ", overrides.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Key}:{o.Value.Content}")));
            throw new GgufException(
                file.Path, misfit.Field, null, $"the override {given} makes the model one that cannot be loaded: {misfit.Problem}",
                "Correct the override or leave it out; the file itself is fine.");
        }
    }

    private static bool IsSound(GgufModelFile file)
    {
        try
        {
            GgufModelCheck.Check(file);
            return true;
        }
        catch (GgufException)
        {
            return false;
        }
    }

    internal static byte[] Encode(IReadOnlyDictionary<string, GgufValue> overrides)
    {
        var bytes = new byte[(overrides.Count + 1) * Size];
        var at = 0;
        foreach (var (key, value) in overrides)
        {
            var entry = bytes.AsSpan(at, Size);
            Encoding.UTF8.GetBytes(key, entry[KeyOffset..]);
            var content = entry[ValueOffset..];
            switch (value.Content)
            {
                case long whole:
                    BinaryPrimitives.WriteInt64LittleEndian(content, whole);
                    break;
                case double number:
                    BinaryPrimitives.WriteInt32LittleEndian(entry, 1);
                    BinaryPrimitives.WriteDoubleLittleEndian(content, number);
                    break;
                case bool flag:
                    BinaryPrimitives.WriteInt32LittleEndian(entry, 2);
                    content[0] = flag ? (byte)1 : (byte)0;
                    break;
                default:
                    BinaryPrimitives.WriteInt32LittleEndian(entry, 3);
                    Encoding.UTF8.GetBytes((string)value.Content, content);
                    break;
            }

            at += Size;
        }

        return bytes;
    }

    private static string Said(GgufValue value) => value.Type switch
    {
        GgufValueType.Array => "the list",
        GgufValueType.String => $"the text '{value.Content}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.Content}"),
    };

    private static string KindOf(GgufValue value) => value.Type switch
    {
        GgufValueType.Array => "another key: a list cannot be overridden",
        GgufValueType.String => "a text",
        GgufValueType.Boolean => "true or false",
        GgufValueType.Single or GgufValueType.Double => "a number such as 0.5",
        _ => string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {uint.MaxValue}"),
    };

    private static GgufValue? Parse(GgufValueType type, string text) => type switch
    {
        GgufValueType.Array => null,
        GgufValueType.String => GgufValue.Scalar(text),
        GgufValueType.Boolean => bool.TryParse(text, out var flag) ? GgufValue.Scalar(flag) : null,
        GgufValueType.Single or GgufValueType.Double => ParseNumber(text),
        _ => ParseWhole(text),
    };

    private static GgufValue? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? GgufValue.Scalar(number)
            : null;

    private static GgufValue? ParseWhole(string text) =>
        uint.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? GgufValue.Scalar<long>(whole)
            : null;
}
