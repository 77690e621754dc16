using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CognitiveTools.Cli.Mcp;

/// <summary>
/// Says what is wrong with the parameters of a request: error -32602 with the name of the field. The protocol's library says "An error
/// occurred." of them.
/// </summary>
internal static class RequestShape
{
    private static readonly Dictionary<string, (string Field, JsonValueKind Kind, bool IsRequired)[]> Fields = new(StringComparer.Ordinal)
    {
        [RequestMethods.Initialize] =
        [
            ("protocolVersion", JsonValueKind.String, true),
            ("capabilities", JsonValueKind.Object, true),
            ("clientInfo", JsonValueKind.Object, true),
            ("clientInfo.name", JsonValueKind.String, true),
            ("clientInfo.version", JsonValueKind.String, true),
        ],
        [RequestMethods.ToolsCall] = [("name", JsonValueKind.String, true), ("arguments", JsonValueKind.Object, false)],
        [RequestMethods.ToolsList] = [("cursor", JsonValueKind.String, false)],
    };

    /// <summary>Passes a message on unless its parameters have the wrong shape.</summary>
    /// <exception cref="McpProtocolException">They have; the message names the field.</exception>
    public static async Task CheckAsync(MessageContext context, McpMessageHandler next, CancellationToken cancellationToken)
    {
        if (context.JsonRpcMessage is not JsonRpcRequest request)
        {
            await next(context, cancellationToken);
            return;
        }

        if (Fields.TryGetValue(request.Method, out var fields) && Wrong(request.Params, fields) is { } wrong)
            throw new McpProtocolException($"{request.Method}: {wrong}", McpErrorCode.InvalidParams);
        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException e)
        {
            throw new McpProtocolException($"{request.Method}: params has the wrong shape at {e.Path ?? "$"}.", e, McpErrorCode.InvalidParams);
        }
    }

    private static string? Wrong(JsonNode? parameters, (string Field, JsonValueKind Kind, bool IsRequired)[] fields)
    {
        var isNeeded = Array.Exists(fields, f => f.IsRequired);
        if (parameters is null)
            return isNeeded ? $"params is missing; it needs {string.Join(", ", fields.Where(f => f.IsRequired).Select(f => f.Field))}." : null;
        if (parameters is not JsonObject root)
            return "params must be an object.";
        foreach (var (field, kind, isRequired) in fields)
        {
            JsonNode? value = root;
            foreach (var step in field.Split('.'))
                value = (value as JsonObject)?[step];
            if (value is null && isRequired)
                return $"params.{field} is missing.";
            if (value is not null && value.GetValueKind() != kind)
                return $"params.{field} must be of the type {kind switch { JsonValueKind.String => "string", _ => "object" }}.";
        }

        return null;
    }
}
