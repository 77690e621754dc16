using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Files;

/// <summary>
/// A YAML mapping read key by key; every error is an <see cref="InvalidDataException"/> that names file, line and key.
/// </summary>
/// <param name="node">The mapping.</param>
/// <param name="file">The file, for messages.</param>
/// <param name="what">What the mapping describes, for messages.</param>
public sealed class YamlMap(YamlMappingNode node, string file, string what)
{
    /// <summary>The file the mapping is from.</summary>
    public string File => file;

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.Select(k => (k as YamlScalarNode)?.Value ?? throw WrongAt(k, what, "a key must be a text."));

    /// <summary>Reads a document that is one mapping.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="what">What the document describes, for messages.</param>
    /// <exception cref="InvalidDataException">The text is not YAML, or not one mapping.</exception>
    public static YamlMap Read(string text, string file, string what)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{file}:{e.Start.Line}: not YAML: {e.Message}", e);
        }

        return stream.Documents is [{ RootNode: YamlMappingNode map }]
            ? new YamlMap(map, file, what)
            : throw new InvalidDataException($"{file}:1: a {what} is one YAML mapping of keys to values.");
    }

    /// <summary>Refuses every key but these.</summary>
    public void Allow(params ReadOnlySpan<string> keys)
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
                throw WrongAt(key, key.ToString(), $"is not a key of {what}. Known: {string.Join(", ", keys.ToArray())}.");
        }
    }

    /// <summary>A text, or <see langword="null"/> when the key is absent.</summary>
    public string? Text(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return value is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw WrongAt(value, key, "must be a text.");
    }

    /// <summary>A text that must be there.</summary>
    public string Required(string key) => Text(key) ?? throw Wrong(key, $"is missing; a {what} needs it.");

    /// <summary>A whole number, or <see langword="null"/> when the key is absent.</summary>
    public int? Whole(string key, int least)
    {
        if (Text(key) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw Wrong(key, least == int.MinValue ? $"'{text}' is not a whole number." : $"'{text}' is not a whole number of at least {least}.");
    }

    /// <summary>A finite number, or <see langword="null"/> when the key is absent.</summary>
    public double? Number(string key, double least)
    {
        if (Text(key) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && double.IsFinite(number)
            ? number
            : throw Wrong(key, $"'{text}' is not a number of at least {least.ToString(CultureInfo.InvariantCulture)}.");
    }

    /// <summary><c>true</c> or <c>false</c>, or <see langword="null"/> when the key is absent.</summary>
    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Wrong(key, $"'{text}' is neither true nor false."),
    };

    /// <summary>A mapping, or <see langword="null"/> when the key is absent.</summary>
    public YamlMap? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(map, file, key),
        var other => throw WrongAt(other, key, "must be a mapping."),
    };

    /// <summary>The nodes of a list, or <see langword="null"/> when the key is absent.</summary>
    public IReadOnlyList<YamlNode>? Items(string key) => Find(key) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Children],
        var other => throw WrongAt(other, key, "must be a list."),
    };

    /// <summary>A list of texts, or <see langword="null"/> when the key is absent.</summary>
    public IReadOnlyList<string>? Texts(string key) =>
        Items(key)?.Select(n => n is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw WrongAt(n, key, "must be a list of texts.")).ToList();

    /// <summary>The error for a key's value.</summary>
    public InvalidDataException Wrong(string key, string message) => WrongAt(Find(key) ?? node, key, message);

    /// <summary>The error for a node.</summary>
    public InvalidDataException WrongAt(YamlNode at, string key, string message)
    {
        ArgumentNullException.ThrowIfNull(at);
        return new InvalidDataException($"{file}:{at.Start.Line}: {key}: {message}");
    }

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
