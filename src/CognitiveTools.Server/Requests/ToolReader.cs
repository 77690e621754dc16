using System.Globalization;
using System.Text.Json;
using CognitiveTools.Server.Faults;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Requests;

/// <summary>Reads the functions of a request, and the calls of earlier turns.</summary>
internal static class ToolReader
{
    private const int MostTools = 128;

    private static readonly JsonElement AnyObject = JsonDocument.Parse("{\"type\":\"object\",\"properties\":{}}").RootElement;

    public static IReadOnlyList<AITool> Tools(JsonFields fields)
    {
        if (fields.Any("tools") is not { } tools)
            return [];
        if (tools.ValueKind != JsonValueKind.Array || tools.GetArrayLength() > MostTools)
            throw RequestRefusedException.Invalid("tools", $"'tools' must be a list of at most {MostTools} functions.");
        return [.. tools.EnumerateArray().Select(static (tool, i) => Tool(JsonFields.Of(tool, Place("tools", i))))];
    }

    public static ChatToolMode? Choice(JsonFields fields)
    {
        if (fields.Any("tool_choice") is not { } choice)
            return null;
        if (choice.ValueKind == JsonValueKind.String)
        {
            return choice.GetString() switch
            {
                "auto" => ChatToolMode.Auto,
                "none" => ChatToolMode.None,
                "required" => ChatToolMode.RequireAny,
                var other => throw RequestRefusedException.Invalid(
                    "tool_choice", $"'tool_choice' is '{other}'; it must be auto, none, required, or a function."),
            };
        }

        var named = JsonFields.Of(choice, "tool_choice");
        RequireFunction(named);
        var function = JsonFields.Of(named.Required("function"), "tool_choice.function");
        var mode = ChatToolMode.RequireSpecific(function.RequiredText("name"));
        function.RefuseOthers();
        named.RefuseOthers();
        return mode;
    }

    public static IReadOnlyList<FunctionCallContent> Calls(JsonFields fields, int max)
    {
        if (fields.Any("tool_calls") is not { } calls)
            return [];
        var path = fields.Path("tool_calls");
        if (calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() > max)
            throw RequestRefusedException.Invalid(path, $"'{path}' must be a list of at most {max} calls.");
        return [.. calls.EnumerateArray().Select((call, i) => Call(JsonFields.Of(call, Place(path, i))))];
    }

    private static AIFunctionDeclaration Tool(JsonFields tool)
    {
        RequireFunction(tool);
        var function = JsonFields.Of(tool.Required("function"), tool.Path("function"));
        var name = function.RequiredText("name");
        var description = function.Text("description") ?? "";
        var parameters = function.Any("parameters") ?? AnyObject;
        if (parameters.ValueKind != JsonValueKind.Object)
            throw RequestRefusedException.Invalid(function.Path("parameters"), $"'{function.Path("parameters")}' must be a JSON schema.");
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
        try
        {
            using var document = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new(id, name, document.RootElement.EnumerateObject()
                    .ToDictionary(static p => p.Name, static p => (object?)p.Value.Clone(), StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            // told below
        }

        throw RequestRefusedException.Invalid(
            function.Path("arguments"), $"'{function.Path("arguments")}' must be a JSON object in a string.");
    }

    private static void RequireFunction(JsonFields fields)
    {
        if (fields.RequiredText("type") is var type and not "function")
            throw RequestRefusedException.Unsupported(fields.Path("type"), $"Only functions are called here, not '{type}'.");
    }

    private static string Place(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
