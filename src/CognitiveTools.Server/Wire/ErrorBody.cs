using System.Text.Json.Serialization;

namespace CognitiveTools.Server.Wire;

internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    string Code)
{
    /// <summary>Ours: finds the request in the server's log; the header <c>x-request-id</c> has it too.</summary>
    public string? RequestId { get; init; }
}
