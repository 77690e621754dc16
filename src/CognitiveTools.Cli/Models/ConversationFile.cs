using System.Text.Json;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Cli.Models;

/// <summary>A conversation in a JSON file, as the variables of a template.</summary>
/// <param name="Variables">All of them.</param>
internal sealed record ConversationFile(Dictionary<string, object?> Variables)
{
    private static readonly string[] Keys = ["messages", "tools", "documents", "add_generation_prompt", "variables"];

    // JSON of a program may be nested more deeply than the reader's default.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512 };

    /// <summary>Whether there are tools.</summary>
    public bool HasTools => Variables["tools"] is not null;

    /// <param name="messages">A list of messages, or an object that has one.</param>
    /// <param name="tools">A list of tools; <see langword="null"/> for those of the first file.</param>
    /// <exception cref="InvalidDataException">A file has another form; the message names it.</exception>
    public static ConversationFile Read(string messages, string? tools)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["tools"] = null,
            ["documents"] = null,
            ["add_generation_prompt"] = true,
        };
        using var file = Parse(messages);
        var root = file.RootElement;
        try
        {
            if (root.ValueKind == JsonValueKind.Array)
                variables["messages"] = ConversationValues.Of(root);
            else
                Take(root, variables);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{messages}: {e.Message}", e);
        }
        catch (InvalidOperationException e) // half a surrogate pair
        {
            throw new InvalidDataException($"{messages}: a text is not valid Unicode.", e);
        }

        if (tools is not null)
        {
            using var given = Parse(tools);
            variables["tools"] = given.RootElement.ValueKind == JsonValueKind.Array
                ? PythonJson.Read(given.RootElement)
                : throw new InvalidDataException($"{tools}: it must be a list of tools in OpenAI's form.");
        }

        return new(variables);
    }

    private static void Take(JsonElement root, Dictionary<string, object?> variables)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("messages", out var messages))
            throw new InvalidDataException("it must be a list of messages, or an object with messages.");
        foreach (var property in root.EnumerateObject())
        {
            if (!Keys.Contains(property.Name))
                throw new InvalidDataException($"there is no key '{property.Name}' here; the keys are {string.Join(", ", Keys)}.");
            if (property.Name == "variables")
            {
                if (property.Value.ValueKind != JsonValueKind.Object)
                    throw new InvalidDataException("variables must be an object.");
                foreach (var variable in property.Value.EnumerateObject())
                    variables[variable.Name] = PythonJson.Read(variable.Value);
            }
            else if (property.Name != "messages")
            {
                variables[property.Name] = PythonJson.Read(property.Value);
            }
        }

        variables["messages"] = ConversationValues.Of(messages);
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(path), Reading);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not JSON: {e.Message}", e);
        }
    }
}
