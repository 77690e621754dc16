using System.Text.Json;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>
/// Chat templates of real models with the texts that they must give. They have licences of their own and are not in this repository; the
/// tests look for them in the folder that <c>COGTOOLS_CHAT_TEMPLATES</c> names, else beside the repository.
/// </summary>
internal static class RealTemplates
{
    private const string Folder = "shared/data/chat-templates";

    public static DateTime Date { get; } = new(2026, 11, 28);

    /// <summary>Name, template, conversation and truth.</summary>
    public static IEnumerable<(string Name, JsonElement Template, string Conversation, JsonElement Truth)> All(string folder)
    {
        var truth = Read(folder, "truth.json");
        return truth.EnumerateObject().SelectMany(static template => template.Value.GetProperty("conv").EnumerateObject()
            .Select(conversation => (template.Name, template.Value, conversation.Name, conversation.Value)));
    }

    public static JsonElement Conversations(string folder) => Read(folder, "conversations.json");

    /// <summary>Skips the test without the folder.</summary>
    public static string Require()
    {
        var given = Environment.GetEnvironmentVariable("COGTOOLS_CHAT_TEMPLATES");
        var found = given ?? Beside();
        Assert.SkipWhen(
            found is null || !File.Exists(Path.Combine(found, "truth.json")),
            "There are no chat templates of real models here: set COGTOOLS_CHAT_TEMPLATES to their folder.");
        return found!;
    }

    public static Dictionary<string, object?> Variables(JsonElement template, JsonElement conversation)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["messages"] = ConversationValues.Of(conversation.GetProperty("messages")),
            ["tools"] = null,
            ["documents"] = null,
            ["add_generation_prompt"] = conversation.GetProperty("gen").GetBoolean(),
            ["bos_token"] = TemplateText.Own(template.GetProperty("bos").GetString()!),
            ["eos_token"] = TemplateText.Own(template.GetProperty("eos").GetString()!),
        };
        foreach (var variable in conversation.GetProperty("kw").EnumerateObject())
            variables[variable.Name] = PythonJson.Read(variable.Value);
        return variables;
    }

    private static JsonElement Read(string folder, string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file))).RootElement;

    private static string? Beside()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, Folder)))
                return Path.Combine(at.FullName, Folder);
        }

        return null;
    }
}
