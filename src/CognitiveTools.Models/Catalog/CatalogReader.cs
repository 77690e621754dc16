using System.Globalization;
using System.Text.RegularExpressions;
using CognitiveTools.Files;
using CognitiveTools.Models.Names;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Models.Catalog;

/// <summary>Reads the catalog's YAML; every error names file, line and key.</summary>
internal static partial class CatalogReader
{
    private const string What = "model catalog";

    /// <exception cref="InvalidDataException">The text is not a catalog.</exception>
    public static IReadOnlyList<ModelEntry> Read(TextReader text, string file) => Read(YamlMap.Read(text.ReadToEnd(), file, What));

    /// <exception cref="InvalidDataException">The file is not a catalog.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<ModelEntry> ReadFile(string path) => Read(YamlMap.ReadFile(path, What));

    private static IReadOnlyList<ModelEntry> Read(YamlMap root)
    {
        root.Allow("models");
        var models = root.Map("models") ?? throw root.Wrong("models", $"is missing; a {What} needs it.");
        return [.. models.Keys.Select(name => Entry(name, models.Map(name)!))];
    }

    private static ModelEntry Entry(string name, YamlMap map)
    {
        map.Allow("description", "licence", "file", "bytes", "sha256", "profile", "source", "lora", "loraScale", "overrides");
        var entry = new ModelEntry
        {
            Name = name,
            Description = map.Required("description"),
            Licence = map.Required("licence"),
            File = map.Required("file"),
            Source = Source(map.Map("source") ?? throw map.Wrong("source", $"is missing; a model needs it.")),
            Bytes = map.Text("bytes") is { } bytes ? Bytes(map, bytes) : null,
            Sha256 = map.Text("sha256") is null ? null : Matching(map, "sha256", Sha256Form(), "64 lower-case hexadecimal digits"),
            Profile = map.Text("profile") ?? "default",
            Change = Change(map),
        };
        if (!NameForm().IsMatch(name))
            throw map.Wrong(name, "must be lower-case letters, digits, '.', '_' and '-', as the name of a model.");
        if (!PlainName.Fits(entry.File))
            throw map.Wrong("file", $"{PlainName.Rule}.");
        if (entry.Source is HuggingFaceSource { File: var path } && SplitFileName.FilesOf(path).Count > 1)
            throw map.Wrong("source", $"is a part of a split model; an entry has one file. Such a model goes by hf:owner/repo/file.gguf.");
        return entry.Source is NpmSource && (entry.Bytes is null || entry.Sha256 is null)
            ? throw map.Wrong(
                "source", "is npm and also needs bytes and sha256, because npm packages state neither for the joined file.")
            : entry;
    }

    private static long Bytes(YamlMap map, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
        ? value
        : throw map.Wrong("bytes", "must be a whole number above 0.");

    private static ModelChange Change(YamlMap map)
    {
        if (map.Text("loraScale") is not null && map.Text("lora") is null)
            throw map.Wrong("loraScale", "needs 'lora'.");
        var overrides = map.Map("overrides");
        return new ModelChange
        {
            Lora = map.Text("lora"),
            LoraScale = (float)(map.Number("loraScale", float.MinValue, float.MaxValue) ?? 1),
            Overrides = overrides is null ? [] : [.. overrides.Keys.Select(key => new MetadataOverride(key, overrides.Required(key)))],
        };
    }

    private static ModelSource Source(YamlMap map)
    {
        map.Allow("npm", "hf", "url", "path");
        if (map.Keys.ToArray() is not [var key])
            throw map.Wrong("source", "must have exactly one of npm, hf, url, path.");
        switch (key)
        {
            case "npm":
                return new NpmSource(map.Items(key) is { Count: > 0 } parts
                    ? [.. parts.Select(part => Part(part, map))]
                    : throw map.Wrong(key, "must be a list of parts."));
            case "hf":
                try
                {
                    return HuggingFaceSource.Parse(map.Required(key));
                }
                catch (FormatException error)
                {
                    throw map.Wrong(key, error.Message);
                }

            case "url":
                return Uri.TryCreate(map.Required(key), UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
                    ? new UrlSource(address!)
                    : throw map.Wrong(key, "must be an http or https address.");
            default:
                var path = map.Required(key);
                return path.Split('/').All(PlainName.Fits)
                    ? new FileSource(path)
                    : throw map.Wrong(key, $"must be relative to the repository's root; each part {PlainName.Rule}.");
        }
    }

    private static NpmPart Part(YamlNode node, YamlMap source)
    {
        if (node is not YamlMappingNode mapping)
            throw source.WrongAt(node, "npm", "must be a list of mappings.");
        var map = new YamlMap(mapping, source.File, "npm");
        map.Allow("package", "version", "file");

        // The forms npm itself allows; they keep options and shell syntax out of the command line.
        return new NpmPart(
            Matching(map, "package", PackageForm(), "an npm package name"),
            Matching(map, "version", VersionForm(), "an exact version such as 1.2.3"),
            map.Required("file"));
    }

    private static string Matching(YamlMap map, string key, Regex form, string expected) => form.IsMatch(map.Required(key))
        ? map.Required(key)
        : throw map.Wrong(key, $"must be {expected}.");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Sha256Form();

    [GeneratedRegex(@"\A(@[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-z0-9._~-]*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PackageForm();

    [GeneratedRegex(@"\A[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionForm();
}
