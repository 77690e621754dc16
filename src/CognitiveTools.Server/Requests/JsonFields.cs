using System.Globalization;
using System.Text.Json;
using CognitiveTools.Server.Faults;

namespace CognitiveTools.Server.Requests;

/// <summary>
/// Reads the fields of one JSON object by name; <see cref="RefuseOthers"/> then refuses all
/// fields that were not read. A field that is <c>null</c> counts as absent, as in the protocol.
/// </summary>
/// <param name="element">The object.</param>
/// <param name="path">Its place in the body; empty for the body itself.</param>
internal sealed class JsonFields(JsonElement element, string path)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <exception cref="RequestRefusedException">The value is not an object.</exception>
    public static JsonFields Of(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? new(element, path)
        : throw (path.Length == 0 ? new(400, "invalid_value", "The body must be an object.")
            : RequestRefusedException.Invalid(path, $"'{path}' must be an object."));

    public string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The path of an entry of a list.</summary>
    public static string PathOf(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    public JsonElement? Any(string name)
    {
        _asked.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public string? Text(string name) => Any(name) is { } value ? TextOf(value, Path(name)) : null;

    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    public JsonElement Required(string name) => Any(name) ?? throw Missing(name);

    public bool? Flag(string name) => Any(name)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw RequestRefusedException.Invalid(Path(name), $"'{Path(name)}' must be true or false."),
    };

    public long? Whole(string name, long min, long max) => Any(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) && number >= min && number <= max => number,
        _ => throw RequestRefusedException.Invalid(Path(name), $"'{Path(name)}' must be a whole number from {min} to {max}."),
    };

    public float? Number(string name, float max) => Any(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetSingle(out var number) && number >= 0 && number <= max => number,
        _ => throw RequestRefusedException.Invalid(Path(name), $"'{Path(name)}' must be a number from 0 to {max}."),
    };

    /// <summary>Refuses a field unless its value has no effect.</summary>
    public void Refuse(string name, string remedy, Func<JsonElement, bool>? isNeutral = null)
    {
        if (Any(name) is { } value && isNeutral?.Invoke(value) is not true)
            throw RequestRefusedException.Unsupported(Path(name), remedy);
    }

    /// <exception cref="RequestRefusedException">A field was not read.</exception>
    public void RefuseOthers()
    {
        foreach (var field in element.EnumerateObject())
        {
            if (!_asked.Contains(field.Name))
                throw new RequestRefusedException(400, "unknown_parameter", $"Unknown parameter: '{Path(field.Name)}'. Leave it out.",
                    Path(field.Name));
        }
    }

    public static string TextOf(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw RequestRefusedException.Invalid(path, $"'{path}' must be a string.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw RequestRefusedException.Invalid(path, $"'{path}' is not valid Unicode: {e.Message}"); // half a surrogate pair, escaped
        }
    }

    private RequestRefusedException Missing(string name) =>
        new(400, "missing_required_parameter", $"'{Path(name)}' is missing.", Path(name));
}
