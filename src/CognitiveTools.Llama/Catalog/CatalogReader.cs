using System.Globalization;
using System.Text.RegularExpressions;
using CognitiveTools.Llama.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Llama.Catalog;

/// <summary>Reads the catalog's YAML; every error names file, line and key.</summary>
internal sealed partial class CatalogReader
{
    private readonly string _file;

    private CatalogReader(string file) => _file = file;

    public static IReadOnlyList<ModelEntry> Read(TextReader text, string file)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(text);
        }
        catch (YamlException error)
        {
            throw new InvalidDataException($"{file}:{error.Start.Line}: not valid YAML: {error.Message}", error);
        }

        var reader = new CatalogReader(file);
        if (yaml.Documents is not [{ RootNode: var rootNode }])
            throw new InvalidDataException($"{file}: expected one document with the key 'models'.");
        var root = reader.Map(rootNode, "the document", "models");
        return [.. reader.Map(reader.Required(root, "models"), "models").Select(pair => reader.Entry(reader.Scalar(pair.Key, "models"), pair.Value))];
    }

    private ModelEntry Entry(string name, YamlNode node)
    {
        var map = Map(node, name, "description", "licence", "file", "bytes", "sha256", "profile", "source", "lora", "loraScale", "overrides");
        var source = Source(Required(map, "source"));
        var entry = new ModelEntry
        {
            Name = name,
            Description = Text(map, "description"),
            Licence = Text(map, "licence"),
            File = Text(map, "file"),
            Source = source,
            Bytes = Optional(map, "bytes") is { } bytes ? Number(bytes, "bytes") : null,
            Sha256 = Optional(map, "sha256") is { } hash ? Matching(hash, "sha256", Sha256Form(), "64 lower-case hexadecimal digits") : null,
            Profile = Optional(map, "profile") is { } profile ? Scalar(profile, "profile") : "default",
            Change = Change(map),
        };
        if (!NameForm().IsMatch(name))
            throw Error(node, name, "must be lower-case letters, digits, '.', '_' and '-', as the name of a model");
        if (!PlainName.Fits(entry.File))
            throw Error(Required(map, "file"), "file", PlainName.Rule);
        if (source is NpmSource && (entry.Bytes is null || entry.Sha256 is null))
            throw Error(node, name, "needs bytes and sha256, because npm packages say neither about the joined file");
        return entry;
    }

    private ModelChange Change(YamlMappingNode map)
    {
        if (Optional(map, "loraScale") is { } lonely && Optional(map, "lora") is null)
            throw Error(lonely, "loraScale", "needs 'lora'");
        return new ModelChange
        {
            Lora = Optional(map, "lora") is { } lora ? Scalar(lora, "lora") : null,
            LoraScale = Optional(map, "loraScale") is not { } scale ? 1
                : float.TryParse(Scalar(scale, "loraScale"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && float.IsFinite(factor) ? factor
                : throw Error(scale, "loraScale", "must be a number"),
            Overrides = Optional(map, "overrides") is { } overrides
                ? [.. Map(overrides, "overrides").Children.Select(pair => new MetadataOverride(Scalar(pair.Key, "overrides"), Scalar(pair.Value, "overrides")))]
                : [],
        };
    }

    private ModelSource Source(YamlNode node)
    {
        var map = Map(node, "source", "npm", "hf", "url", "path");
        if (map.Children.Count != 1)
            throw Error(node, "source", "must have exactly one of npm, hf, url, path");
        var (key, value) = map.Children[0];
        switch (Scalar(key, "source"))
        {
            case "npm":
                return new NpmSource(value is YamlSequenceNode { Children.Count: > 0 } parts
                    ? [.. parts.Select(Part)]
                    : throw Error(value, "npm", "must be a list of parts"));
            case "hf":
                try
                {
                    return HuggingFaceSource.Parse(Scalar(value, "hf"));
                }
                catch (FormatException error)
                {
                    throw Error(value, "hf", error.Message);
                }

            case "url":
                return Uri.TryCreate(Scalar(value, "url"), UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
                    ? new UrlSource(address!)
                    : throw Error(value, "url", "must be an http or https address");
            default:
                var path = Scalar(value, "path");
                return path.Split('/').All(PlainName.Fits)
                    ? new FileSource(path)
                    : throw Error(value, "path", "must be relative to the repository's root; each part " + PlainName.Rule);
        }
    }

    private NpmPart Part(YamlNode node)
    {
        var map = Map(node, "npm", "package", "version", "file");

        // The forms npm itself allows; they keep options and shell syntax out of the command line.
        return new NpmPart(
            Matching(Required(map, "package"), "package", PackageForm(), "an npm package name"),
            Matching(Required(map, "version"), "version", VersionForm(), "an exact version such as 1.2.3"),
            Text(map, "file"));
    }

    private YamlMappingNode Map(YamlNode node, string key, params ReadOnlySpan<string> allowed)
    {
        if (node is not YamlMappingNode map)
            throw Error(node, key, "must be a mapping");
        foreach (var child in map.Children.Keys)
        {
            var name = Scalar(child, key);
            if (allowed.Length > 0 && !allowed.Contains(name))
                throw Error(child, name, $"is unknown; known: {string.Join(", ", allowed!)}");
        }

        return map;
    }

    private YamlNode Required(YamlMappingNode map, string key) => Optional(map, key) ?? throw Error(map, key, "is missing");

    private static YamlNode? Optional(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private string Text(YamlMappingNode map, string key) => Scalar(Required(map, key), key);

    private string Scalar(YamlNode node, string key) => node is YamlScalarNode { Value: { Length: > 0 } value }
        ? value
        : throw Error(node, key, "must be a text");

    private long Number(YamlNode node, string key) => long.TryParse(Scalar(node, key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
        ? value
        : throw Error(node, key, "must be a whole number above 0");

    private string Matching(YamlNode node, string key, Regex form, string expected) => form.IsMatch(Scalar(node, key))
        ? Scalar(node, key)
        : throw Error(node, key, $"must be {expected}");

    private InvalidDataException Error(YamlNode node, string key, string problem) => new($"{_file}:{node.Start.Line}: '{key}' {problem}.");

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Sha256Form();

    [GeneratedRegex(@"^(@[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-z0-9._~-]*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PackageForm();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionForm();
}
