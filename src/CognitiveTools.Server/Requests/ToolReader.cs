using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Chat.Schemas;
using CognitiveTools.Server.Faults;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Requests;

/// <summary>Reads the functions of a request, and the calls of earlier turns.</summary>
internal static partial class ToolReader
{
    private const int MostTools = 128;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly JsonElement AnyObject = JsonDocument.Parse("{\"type\":\"object\",\"properties\":{}}").RootElement;

    public static IReadOnlyList<AITool> Tools(JsonFields fields)
    {
        if (fields.Any("tools") is not { } tools)
            return [];
        if (tools.ValueKind != JsonValueKind.Array || tools.GetArrayLength() > MostTools)
            throw RequestRefusedException.Invalid("tools", $"'tools' must be a list of at most {MostTools} functions.");
        var (read, names) = (new List<AITool>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (i, one) in tools.EnumerateArray().Index())
        {
            var tool = Tool(JsonFields.Of(one, JsonFields.PathOf("tools", i)));
            if (!names.Add(tool.Name))
                throw NameAgain($"{JsonFields.PathOf("tools", i)}.function.name", tool.Name);
            read.Add(tool);
        }

        return read;

        static RequestRefusedException NameAgain(string path, string name) => RequestRefusedException.Invalid(
            path, $"'{path}' is '{name}', the name of an earlier function. Give each function a name of its own.");
    }

    public static ChatToolMode? Choice(JsonFields fields, IReadOnlyList<AITool> tools)
    {
        if (fields.Any("tool_choice") is not { } choice)
            return null;
        if (choice.ValueKind == JsonValueKind.Object)
            return Named(JsonFields.Of(choice, "tool_choice"), tools);
        return (choice.ValueKind == JsonValueKind.String ? choice.GetString()! : choice.GetRawText()) switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" when tools.Count == 0 => throw RequestRefusedException.Invalid(
                "tool_choice", "'tool_choice' requires a call, but 'tools' has no function. Add one, or leave 'tool_choice' out."),
            "required" => ChatToolMode.RequireAny,
            var other => throw RequestRefusedException.Invalid(
                "tool_choice", $"'tool_choice' is {SchemaRefusal.Short(other)}; it must be auto, none, required, or a function, such as "
                    + "{\"type\":\"function\",\"function\":{\"name\":\"NAME\"}}."),
        };
    }

    private static RequiredChatToolMode Named(JsonFields choice, IReadOnlyList<AITool> tools)
    {
        RequireFunction(choice);
        var function = JsonFields.Of(choice.Required("function"), "tool_choice.function");
        var name = function.RequiredText("name");
        function.RefuseOthers();
        choice.RefuseOthers();
        if (tools.Any(tool => tool.Name == name))
            return ChatToolMode.RequireSpecific(name);
        var known = tools.Select(static tool => tool.Name).ToList();
        var remedy = known.Count > 0 ? $"{Nearest.Hint(name, known)} Known: {string.Join(", ", known)}." : " 'tools' has no function.";
        throw RequestRefusedException.Invalid(
            "tool_choice", $"'tool_choice' requires the function '{SchemaRefusal.Short(name)}', which 'tools' does not have.{remedy}");
    }

    public static IReadOnlyList<FunctionCallContent> Calls(JsonFields fields, int max)
    {
        if (fields.Any("tool_calls") is not { } calls)
            return [];
        var path = fields.Path("tool_calls");
        if (calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() > max)
            throw RequestRefusedException.Invalid(path, $"'{path}' must be a list of at most {max} calls.");
        return [.. calls.EnumerateArray().Select((call, i) => Call(JsonFields.Of(call, JsonFields.PathOf(path, i))))];
    }

    private static AIFunctionDeclaration Tool(JsonFields tool)
    {
        RequireFunction(tool);
        var function = JsonFields.Of(tool.Required("function"), tool.Path("function"));
        var name = function.RequiredText("name");
        if (!FunctionName().IsMatch(name))
            throw RequestRefusedException.Invalid(function.Path("name"), $"'{function.Path("name")}' is '{SchemaRefusal.Short(name)}'; it "
                + "must have 1 to 64 characters, each a letter from a to z or A to Z, a digit, _, - or a dot.");
        var description = function.Text("description") ?? "";
        var parameters = function.Any("parameters") ?? AnyObject;
        new ParameterSchema(parameters, function.Path("parameters")).Check();
        _ = function.Flag("strict"); // the schema is enforced in both cases
        function.RefuseOthers();
        tool.RefuseOthers();
        return AIFunctionFactory.CreateDeclaration(name, description, parameters.Clone());
    }

    private static FunctionCallContent Call(JsonFields call)
    {
        var id = call.RequiredText("id");
        _ = call.Any("index");
        RequireFunction(call);
        var function = JsonFields.Of(call.Required("function"), call.Path("function"));
        var (name, arguments) = (function.RequiredText("name"), function.RequiredText("arguments"));
        function.RefuseOthers();
        call.RefuseOthers();
        if (name.Length == 0)
            throw RequestRefusedException.Invalid(function.Path("name"), $"'{function.Path("name")}' is empty. Send the function's name.");
        return new(id, name, Arguments(arguments, function.Path("arguments")));
    }

    // Some clients send an empty text for a function without parameters.
    private static Dictionary<string, object?> Arguments(string text, string path)
    {
        if (text.Length == 0)
            return [];
        var json = Encoding.UTF8.GetBytes(text);
        if (Nesting.IsTooDeep(json, Nesting.MostOfPart, out _))
            throw RequestRefusedException.Invalid(path, Nesting.Refusal($"'{path}'", Nesting.MostOfPart));
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.EnumerateObject()
                    .ToDictionary(static p => p.Name, static p => (object?)p.Value.Clone(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // told below
        }

        throw RequestRefusedException.Invalid(path, $"'{path}' must be a JSON object in a string, each of its names once.");
    }

    private static void RequireFunction(JsonFields fields)
    {
        if (fields.RequiredText("type") is var type and not "function")
            throw RequestRefusedException.Unsupported(fields.Path("type"), $"Only functions are called here, not '{type}'.");
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionName();
}
