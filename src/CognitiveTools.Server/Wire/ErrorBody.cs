using System.Text.Json.Serialization;

namespace CognitiveTools.Server.Wire;

internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    string Code)
{
    /// <summary>An extension: the request's id in the server's log, as in the header <c>x-request-id</c>.</summary>
    public string? RequestId { get; init; }
}
