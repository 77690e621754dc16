using System.Text.Json;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Lab.Bench.Templates;

/// <summary>A chat template to render.</summary>
/// <param name="Name">Its file, or its name in the file.</param>
/// <param name="Source">Jinja text.</param>
/// <param name="Begin">Text of the token that begins a text.</param>
/// <param name="End">Text of the token that ends a text.</param>
internal sealed record NamedTemplate(string Name, string Source, string Begin, string End)
{
    private const string Property = "template";

    /// <summary>
    /// The templates of a file: Jinja text (<c>.jinja</c>), a model (<c>.gguf</c>), or a JSON object of name → object with
    /// <c>template</c>, <c>bos</c> and <c>eos</c>; or those of the files in a folder, in which other files and other JSON are ignored.
    /// </summary>
    /// <exception cref="ArgumentException">There is no template.</exception>
    public static IReadOnlyList<NamedTemplate> Find(string path)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
            throw new ArgumentException($"There is no file or folder '{path}'.", nameof(path));
        List<NamedTemplate> found =
        [
            .. (Directory.Exists(path) ? Directory.GetFiles(path).Order(StringComparer.Ordinal).ToArray() : [path]).SelectMany(Read),
        ];
        return found.Count > 0 ? found
            : throw new ArgumentException(
                $"'{path}' has no chat template. Name a .jinja or .gguf file, a JSON object of name → {{template, bos, eos}}, or a "
                + "folder with such files.", nameof(path));
    }

    private static IEnumerable<NamedTemplate> Read(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".JINJA" => [new(Path.GetFileName(file), File.ReadAllText(file), "<s>", "</s>")],
        ".GGUF" => FileTemplate.Read(file, hasTools: false) is { } own
            ? [new(Path.GetFileName(file), own.Source, own.BeginText, own.EndText)]
            : [],
        ".JSON" => ReadJson(file),
        _ => [],
    };

    private static List<NamedTemplate> ReadJson(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return json.RootElement.ValueKind != JsonValueKind.Object ? [] :
        [
            .. json.RootElement.EnumerateObject()
                .Where(static entry => entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty(Property, out _))
                .Select(static entry => new NamedTemplate(
                    entry.Name, entry.Value.GetProperty(Property).GetString() ?? "", Text(entry.Value, "bos"), Text(entry.Value, "eos"))),
        ];
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
