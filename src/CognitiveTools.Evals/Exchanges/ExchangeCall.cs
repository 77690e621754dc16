using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>A native function call of a response.</summary>
internal sealed record ExchangeCall(string Id, string Name, JsonElement Arguments, string? Error = null)
{
    /// <summary>The call of a response.</summary>
    internal static ExchangeCall Of(FunctionCallContent call) => new(call.CallId, call.Name, ArgumentsOf(call), call.Exception?.Message);

    /// <summary>The arguments as JSON, whatever types the client made of them.</summary>
    internal static JsonElement ArgumentsOf(FunctionCallContent call) =>
        JsonSerializer.SerializeToElement(
            call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal),
            AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));

    /// <summary>The call again, to be played.</summary>
    internal FunctionCallContent ToContent() =>
        new(Id, Name, Arguments.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value, StringComparer.Ordinal))
        {
            Exception = Error is null ? null : new FormatException(Error),
        };
}
