using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CognitiveTools.Cli.Mcp;

/// <summary>
/// Checks the parameters of a request, and answers a wrong one with error -32602 and the name of the field. The protocol's library
/// only says "An error occurred.".
internal static class RequestValidator
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
            var message = $"{request.Method}: params has the wrong shape at {e.Path ?? "$"}.";
            throw new McpProtocolException(message, e, McpErrorCode.InvalidParams);
        }
    }

    private static string? Wrong(JsonNode? parameters, (string Field, JsonValueKind Kind, bool IsRequired)[] fields)
    {
        if (parameters is null)
        {
            var needed = string.Join(", ", fields.Where(f => f.IsRequired).Select(f => f.Field));
            return needed.Length > 0 ? $"params is missing; it needs {needed}." : null;
        }

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
