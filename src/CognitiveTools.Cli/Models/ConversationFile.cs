using System.Text.Json;
using CognitiveTools.Files;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Templates.Values;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Models;

/// <summary>A conversation in a JSON file.</summary>
/// <param name="Values">It, as the variables that every template gets.</param>
/// <param name="Variables">Further variables of the template.</param>
internal sealed record ConversationFile(Dictionary<string, object?> Values, Dictionary<string, JsonElement> Variables)
{
    /// <summary>What stands for standard input in the place of a file.</summary>
    public const string StandardInput = "-";

    private const string MessagesKey = "messages", ToolsKey = "tools", DocumentsKey = "documents",
        PromptKey = "add_generation_prompt", VariablesKey = "variables";

    /// <summary>The variables that hold the tokens that begin and end a text.</summary>
    public const string BeginKey = "bos_token", EndKey = "eos_token";

    // JSON of a program may be nested more deeply than the reader's default.
    private const int MostDepth = 512;

    private const int MostBytes = 64 << 20;

    private static readonly string[] Keys = [MessagesKey, ToolsKey, DocumentsKey, PromptKey, VariablesKey];

    /// <summary>Whether there are tools.</summary>
    public bool HasTools => Values[ToolsKey] is not null;

    /// <summary>Whether tools, documents or a variable of this name are there already.</summary>
    public bool Has(string name) => Variables.ContainsKey(name) || name is ToolsKey or DocumentsKey && Values[name] is not null;

    /// <param name="messages">A file with a list of messages, or an object that has one; <c>-</c> for standard input.</param>
    /// <param name="tools">A list of tools; <see langword="null"/> for those of the first file.</param>
    /// <exception cref="ArgumentException">The first file has tools, too.</exception>
    /// <exception cref="InvalidDataException">A file has another form; the message names it, the place and the remedy.</exception>
    public static ConversationFile Read(string messages, string? tools)
    {
        var file = new ConversationFile(
            new(StringComparer.Ordinal) { [ToolsKey] = null, [DocumentsKey] = null, [PromptKey] = true }, new(StringComparer.Ordinal));
        Take(messages, file.TakeConversation);
        if (tools is not null && file.HasTools)
            throw new ArgumentException($"--tools {tools}: the conversation has tools of its own. Leave one of the two out.");
        if (tools is not null)
            Take(tools, root => file.TakeKey(ToolsKey, root));
        return file;
    }

    /// <summary>Takes a part of the conversation, or a token, that is given beside the file.</summary>
    /// <returns>Whether the name is that of one.</returns>
    /// <exception cref="InvalidDataException">The value has another form.</exception>
    public bool TakePart(string name, JsonElement value)
    {
        switch (name)
        {
            case ToolsKey or DocumentsKey or PromptKey:
                TakeKey(name, value);
                return true;
            case BeginKey or EndKey:
                Values[name] = TemplateText.Own(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
                return true;
            default:
                return false;
        }
    }

    private static void Take(string path, Action<JsonElement> take)
    {
        var text = path == StandardInput ? Console.In.ReadToEnd() : Utf8TextReader.ReadFile(path, MostBytes);
        if (path == StandardInput)
            path = "standard input";
        using var document = StrictJson.Parse(text, path, mostDepth: MostDepth);
        try
        {
            take(document.RootElement);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private void TakeConversation(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            Values[MessagesKey] = ConversationValues.Of(root);
            return;
        }

        if (root.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException(
                $"it holds {JsonFault.KindOf(root)}. Write a list of messages, or an object with {MessagesKey}.");
        if (!root.TryGetProperty(MessagesKey, out _))
            throw new InvalidDataException($"the key {MessagesKey} is missing. Write a list of messages under it.");
        foreach (var property in root.EnumerateObject())
            TakeKey(property.Name, property.Value);
    }

    private void TakeKey(string key, JsonElement value)
    {
        switch (key)
        {
            case MessagesKey:
                Values[key] = ConversationValues.Of(value);
                break;
            case ToolsKey:
                MessageForm.CheckTools(value);
                Values[key] = PythonJson.Read(value);
                break;
            case DocumentsKey:
                MessageForm.CheckDocuments(value);
                Values[key] = PythonJson.Read(value);
                break;
            case PromptKey:
                Values[key] = value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? value.GetBoolean()
                    : throw new InvalidDataException($"{key} is {JsonFault.KindOf(value)}. Write true or false, without quotation marks.");
                break;
            case VariablesKey:
                if (value.ValueKind != JsonValueKind.Object)
                    throw new InvalidDataException(
                        $"{key} is {JsonFault.KindOf(value)}. Write an object such as {{\"enable_thinking\": false}}.");
                foreach (var variable in value.EnumerateObject())
                    TakeVariable(variable);
                break;
            default:
                throw new InvalidDataException(
                    $"there is no key '{TerminalText.Excerpt(key)}' here.{Nearest.Hint(key, Keys)} The keys are {string.Join(", ", Keys)}; "
                    + $"a variable of the template goes into {VariablesKey}.");
        }
    }

    private void TakeVariable(JsonProperty variable)
    {
        if (ChatVariables.ProblemOf(variable.Name) is { } problem)
            throw new InvalidDataException(
                $"in {VariablesKey}, {problem} Remove it{(Keys.Contains(variable.Name) ? ", or write it beside " + VariablesKey : "")}.");
        Variables[variable.Name] = variable.Value.Clone();
    }
}
