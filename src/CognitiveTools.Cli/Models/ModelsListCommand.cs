using System.CommandLine;
using System.Text.Json;
using CognitiveTools.Models.Catalog;

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

            var width = models.Max(m => m.Entry.Name.Length);
            foreach (var (entry, file) in models)
            {
                var size = entry.Bytes is { } bytes ? $"{bytes / 1e6:0.#} MB" : "size unknown";
                var place = file.IsPresent ? "here   " : "to get ";
                await output.WriteLineAsync($"{entry.Name.PadRight(width)}  {place}  {size,10}  {entry.Licence}");
                await output.WriteLineAsync($"{new string(' ', width)}  {entry.Description}");
                await output.WriteLineAsync($"{new string(' ', width)}  {file.Path}");
            }

            await output.WriteLineAsync($"Store: {store.Folder} (set {ModelStore.FolderVariable} to move it). "
                + "Fetch one with: cogtools models get NAME");
            return ExitCodes.Success;
        });
        return command;
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
