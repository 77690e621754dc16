using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Files;

namespace CognitiveTools.Cli.Configuration;

/// <summary>Changes one value of the user's own settings file and keeps everything else in it.</summary>
internal static class UserSettings
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true };

    /// <summary>Sets a value such as <c>Llama:NativesDirectory</c>; <see langword="null"/> removes it.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="InvalidOperationException">The system names no folder for the user's settings.</exception>
    /// <exception cref="InvalidDataException">The file is not valid JSON, or holds comments, which would be lost.</exception>
    public static string Set(string key, string? value) => SetIn(
        SettingPlaces.OfThisProcess().UserFile
            ?? throw new InvalidOperationException(
                "The system names no folder for your settings. Set XDG_CONFIG_HOME, or give --natives with each command."),
        key, value);

    /// <summary>As <see cref="Set"/>, in a file.</summary>
    internal static string SetIn(string file, string key, string? value)
    {
        _ = SettingsFile.Read(file); // names file, line and reason of what is wrong
        var text = File.Exists(file) ? File.ReadAllText(file) : "{}";
        if (HasComments(text))
        {
            var target = value is null ? "to nothing" : $"to {value}";
            throw new InvalidDataException($"{file} holds comments, which would be lost. Set {key} there yourself, {target}.");
        }

        var root = JsonNode.Parse(text, documentOptions: Reading)!.AsObject();
        var sections = key.Split(':');
        var node = root;
        foreach (var section in sections[..^1])
            node = (node[section] ??= new JsonObject()).AsObject();
        node.Remove(sections[^1]);
        if (value is not null)
            node[sections[^1]] = value;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, Encoding.UTF8.GetBytes(root.ToJsonString(Writing) + "\n"));
        return file;
    }

    private static bool HasComments(string text)
    {
        var form = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true };
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), form);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Comment)
                return true;
        }

        return false;
    }
}
