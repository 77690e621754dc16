using System.CommandLine;
using System.Text.Json;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models list</c>.</summary>
internal static class ModelsListCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print as JSON" };

    public static Command Create()
    {
        var command = new Command("list", "List the models known by name") { Json };
        command.SetGuardedAction(async (parse, _) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var store = new ModelStore(ModelCatalog.Load());
            var models = store.Catalog.Entries.Select(entry => (Entry: entry, File: store.Resolve(entry.Name))).ToArray();
            if (parse.GetValue(Json))
            {
                await output.WriteLineAsync(ToJson(models));
                return ExitCodes.Success;
            }

            Print(output, models, store.Folder);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Print(TextWriter output, (ModelEntry Entry, ResolvedModel File)[] models, string folder)
    {
        var width = OutputWidth.Of(output);
        var indent = new string(' ', models.Max(static m => m.Entry.Name.Length) + 2);
        var left = 0;
        foreach (var (entry, file) in models)
        {
            var size = entry.Bytes is { } bytes ? FormattableString.Invariant($"{bytes / 1e6:0.#} MB") : "size unknown";
            var place = file.IsPresent ? "here   " : "to get ";
            output.WriteLine($"{entry.Name.PadRight(indent.Length)}{place}  {size,10}  {entry.Licence}");
            output.WriteLine(TextWrap.Block(indent + entry.Description, width));
            if (indent.Length + file.Path.Length <= width)
                output.WriteLine(indent + file.Path);
            else
                left++;
        }

        // A path that is broken over two lines cannot be copied.
        if (left > 0)
            output.WriteLine(TextWrap.Block($"{left} paths are too long for this terminal: cogtools models path NAME prints one.", width));
        output.WriteLine(TextWrap.Block(
            $"Store: {folder} (set {ModelStore.FolderVariable} to move it). Fetch one with: cogtools models get NAME", width));
    }

    private static string ToJson(IEnumerable<(ModelEntry Entry, ResolvedModel File)> models)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var (entry, file) in models)
            {
                json.WriteStartObject();
                json.WriteString("name", entry.Name);
                json.WriteString("description", entry.Description);
                json.WriteString("licence", entry.Licence);
                json.WriteString("profile", entry.Profile);
                json.WriteString("sha256", entry.Sha256);
                if (entry.Bytes is { } bytes)
                    json.WriteNumber("bytes", bytes);
                json.WriteBoolean("present", file.IsPresent);
                json.WriteString("path", file.Path);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
