using System.Globalization;
using CognitiveTools.Text;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Files;

/// <summary>
/// A YAML mapping read key by key; every error is an <see cref="InvalidDataException"/> that names file, line and key.
/// </summary>
/// <param name="node">The mapping.</param>
/// <param name="file">The file, for messages.</param>
/// <param name="what">What the mapping describes, for messages.</param>
internal sealed class YamlMap(YamlMappingNode node, string file, string what)
{
    // By text: the library holds a key with a tag (!x name) for another key than name.
    private readonly OrderedDictionary<string, YamlNode> _values = ByText(node, file, what);

    /// <summary>The longest time that a file may set, in seconds (30 days); timers end at 49 days.</summary>
    public const double MostSeconds = 30 * 24 * 60 * 60;

    /// <summary>The file the mapping is from.</summary>
    public string File => file;

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>Reads a document that is one mapping.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="what">What the document describes, for messages.</param>
    /// <exception cref="InvalidDataException">The text is not YAML, or not one mapping.</exception>
    public static YamlMap Read(string text, string file, string what)
    {
        return YamlText.Load(text, file).Documents is [{ RootNode: YamlMappingNode map }]
            ? new YamlMap(map, file, what)
            : throw new InvalidDataException($"{file}:1: a {what} is one YAML mapping of keys to values.");
    }

    /// <summary>Reads a file that is one mapping.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What the document describes, for messages.</param>
    /// <param name="file">The file's name in messages; <see langword="null"/> for the path.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is not YAML in UTF-8, too large, or not one mapping.</exception>
    public static YamlMap ReadFile(string path, string what, string? file = null) =>
        Read(Utf8TextReader.ReadFile(path, YamlText.MostBytes), file ?? path, what);

    /// <summary>Refuses every other key.</summary>
    public void Allow(params ReadOnlySpan<string> keys)
    {
        foreach (var key in node.Children.Keys)
        {
            var name = ((YamlScalarNode)key).Value!;
            if (!keys.Contains(name))
                throw WrongAt(key, name, $"is not a key of {what}. Known: {string.Join(", ", keys.ToArray())}.");
        }
    }

    /// <summary>A text, or <see langword="null"/> when the key is absent.</summary>
    public string? Text(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return value is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw WrongAt(value, key, "must be a text.");
    }

    /// <summary>A required text.</summary>
    public string Required(string key) => Text(key) ?? throw Wrong(key, $"is missing; a {what} needs it.");

    /// <summary>A whole number, or <see langword="null"/> when the key is absent.</summary>
    public int? Whole(string key, int least, int most = int.MaxValue)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        var range = (least, most) switch
        {
            (int.MinValue, int.MaxValue) => "",
            (_, int.MaxValue) => $" of at least {least}",
            _ => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most:N0}"),
        };
        throw Wrong(key, $"'{TerminalText.Excerpt(text)}' is not a whole number{range}.");
    }

    /// <summary>A finite number, or <see langword="null"/> when the key is absent.</summary>
    public double? Number(string key, double least, double most = double.MaxValue)
    {
        if (Text(key) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, string.Create(
                CultureInfo.InvariantCulture,
                $"'{TerminalText.Excerpt(text)}' is not a number "
                    + $"{(most < double.MaxValue ? $"from {least} to {most}" : $"of at least {least}")}."));
    }

    /// <summary>As <see cref="Number"/>; the text <c>none</c> is the same as leaving the key out.</summary>
    public double? NumberOrNone(string key, double least, double most = double.MaxValue) =>
        Text(key) == "none" ? null : Number(key, least, most);

    /// <summary>A time in seconds, at most <see cref="MostSeconds"/>, or <see langword="null"/> when the key is absent.</summary>
    public TimeSpan? Seconds(string key, double least) =>
        Number(key, least, MostSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary><c>true</c> or <c>false</c>, or <see langword="null"/> when the key is absent.</summary>
    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Wrong(key, $"'{TerminalText.Excerpt(text)}' is neither true nor false."),
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
        Items(key)?.Select(n => n is YamlScalarNode { Value: { Length: > 0 } text } ? text
            : throw WrongAt(n, key, "must be a list of texts.")).ToList();

    /// <summary>The error for a key's value.</summary>
    public InvalidDataException Wrong(string key, string message) => WrongAt(Find(key) ?? node, key, message);

    /// <summary>The error for a node.</summary>
    public InvalidDataException WrongAt(YamlNode at, string key, string message)
    {
        ArgumentNullException.ThrowIfNull(at);
        return WrongAt(file, at, key, message);
    }

    private YamlNode? Find(string key) => _values.GetValueOrDefault(key);

    private static OrderedDictionary<string, YamlNode> ByText(YamlMappingNode node, string file, string what)
    {
        var values = new OrderedDictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                throw WrongAt(file, key, what, "a key must be a text.");
            if (!values.TryAdd(name, value))
                throw WrongAt(file, key, name, "appears twice. Keep one of the two.");
        }

        return values;
    }

    private static InvalidDataException WrongAt(string file, YamlNode at, string key, string message) =>
        new($"{file}:{at.Start.Line}: {TerminalText.Excerpt(key)}: {message}");
}
