namespace CognitiveTools.Evals.Sources;

/// <summary>One row of a data file, whatever the format: named values as text.</summary>
/// <param name="File">The file, for messages.</param>
/// <param name="Number">The line in a text file, the row in a table; from 1.</param>
/// <param name="Values">Values by name, upper and lower case alike; a missing value is absent.</param>
internal sealed record SourceRow(string File, int Number, IReadOnlyDictionary<string, SourceValue> Values)
{
    /// <summary>The first of several names that the row has, with its text.</summary>
    /// <exception cref="InvalidDataException">The value is a list or an object, or empty.</exception>
    public (string Key, string Value)? First(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!Values.TryGetValue(key, out var value))
                continue;
            if (value.Text is not { } text)
                throw new InvalidDataException($"{this}: key '{key}' must be a text or a number, it is {value.Kind}.");
            if (string.IsNullOrWhiteSpace(text))
                throw new InvalidDataException($"{this}: key '{key}' is empty.");
            return (key, text);
        }

        return null;
    }

    /// <summary>The first of several names that the row has, or an error that lists them.</summary>
    /// <exception cref="InvalidDataException">None is there, or it cannot be used.</exception>
    public string Required(string what, params ReadOnlySpan<string> keys) => First(keys)?.Value
        ?? throw new InvalidDataException($"{this}: {what} is missing. Give one of the keys {string.Join(", ", keys!)}.");

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Number}";
}

/// <summary>A value of a row.</summary>
/// <param name="Kind">What it is in its file, for messages.</param>
/// <param name="Text">Its text; <see langword="null"/> for what has none, such as a list.</param>
internal readonly record struct SourceValue(string Kind, string? Text);
