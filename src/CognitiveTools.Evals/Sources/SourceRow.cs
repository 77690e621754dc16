using CognitiveTools.Text;

namespace CognitiveTools.Evals.Sources;

/// <summary>One row of a data file, whatever the format: named values as text.</summary>
/// <param name="File">The file, for messages.</param>
/// <param name="Number">The line in a text file, the row in a table; from 1.</param>
/// <param name="Values">
/// Values by name, upper and lower case alike. An empty value and JSON's null are the same: present, with an empty text.
/// </param>
internal sealed record SourceRow(string File, int Number, IReadOnlyDictionary<string, SourceValue> Values)
{
    private const int MostNames = 12;

    public static Dictionary<string, SourceValue> NoValues() => new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first of several names under which the row has a value, with its text; an empty value counts as absent.</summary>
    /// <exception cref="InvalidDataException">The value is a list or an object.</exception>
    public (string Key, string Value)? First(params ReadOnlySpan<string> keys) => Find(keys, listsToo: false);

    /// <summary>The same for a value that only describes: a list of texts is joined by commas.</summary>
    /// <exception cref="InvalidDataException">The value is an object, or a list of them.</exception>
    public string? Note(params ReadOnlySpan<string> keys) => Find(keys, listsToo: true)?.Value;

    /// <summary>The first of several names that the row has, or an error that lists them.</summary>
    /// <exception cref="InvalidDataException">None is there, or it cannot be used.</exception>
    public string Required(string what, params ReadOnlySpan<string> keys) => First(keys)?.Value ?? throw Missing(what, keys);

    /// <summary>The error for a row that lacks the names, or has empty values under them.</summary>
    public InvalidDataException Missing(string what, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Values.ContainsKey(key))
                return new InvalidDataException($"{this}: key '{key}' is empty. Give {what}.");
        }

        var names = Values.Keys.Take(MostNames).Select(name => TerminalText.Excerpt(name, 40));
        var found = Values.Count == 0 ? "nothing" : string.Join(", ", names) + (Values.Count > MostNames ? ", ..." : "");
        var list = Values.FirstOrDefault(value => value.Value is { Kind: "list", Items: null }).Key;
        var hint = list is null
            ? ""
            : $" Is this one object where a list was expected? Then give the list under '{TerminalText.Excerpt(list, 40)}' alone.";
        return new InvalidDataException(
            $"{this}: {what} is missing. Give one of the keys {string.Join(", ", keys!)}; found: {found}.{hint}");
    }

    public override string ToString() => $"{File}:{Number}";

    private (string Key, string Value)? Find(ReadOnlySpan<string> keys, bool listsToo)
    {
        foreach (var key in keys)
        {
            if (!Values.TryGetValue(key, out var value))
                continue;
            var text = value.Text ?? (listsToo && value.Items is { } items ? string.Join(", ", items) : null)
                ?? throw new InvalidDataException($"{this}: key '{key}' must be a text or a number, it is a {value.Kind}.");
            if (!string.IsNullOrWhiteSpace(text))
                return (key, text);
        }

        return null;
    }
}
