using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Evals.Suites;

/// <summary>A YAML mapping whose errors name file, line and key.</summary>
internal sealed class YamlMap(YamlMappingNode node, string file, string what)
{
    public string File => file;

    public void Allow(params ReadOnlySpan<string> keys)
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
                throw WrongAt(key, key.ToString(), $"is not a key of {what}. Known: {string.Join(", ", keys.ToArray())}.");
        }
    }

    public string? Text(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return value is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw WrongAt(value, key, "must be a text.");
    }

    public int? Whole(string key, int least)
    {
        if (Text(key) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw Wrong(key, least == int.MinValue ? $"'{text}' is not a whole number." : $"'{text}' is not a whole number of at least {least}.");
    }

    public double? Number(string key, double least)
    {
        if (Text(key) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && double.IsFinite(number)
            ? number
            : throw Wrong(key, $"'{text}' is not a number of at least {least.ToString(CultureInfo.InvariantCulture)}.");
    }

    public YamlMap? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(map, file, key),
        var other => throw WrongAt(other, key, "must be a mapping."),
    };

    public IEnumerable<YamlNode> Items(string key) => Find(key) switch
    {
        null => throw new InvalidDataException($"{file}: key '{key}' is missing."),
        YamlSequenceNode list => list.Children,
        var other => throw WrongAt(other, key, "must be a list."),
    };

    public InvalidDataException Wrong(string key, string message) => WrongAt(Find(key) ?? node, key, message);

    public InvalidDataException WrongAt(YamlNode at, string key, string message) =>
        new($"{file}:{at.Start.Line}: {key}: {message}");

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
