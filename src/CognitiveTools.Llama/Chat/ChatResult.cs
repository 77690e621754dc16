using System.Text.Json;
using CognitiveTools.Llama.Engine;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>A generated answer and the calls in it. Can be sent by a worker as JSON.</summary>
/// <param name="Generation">The answer without its calls.</param>
internal sealed record ChatResult(Generation Generation)
{
    /// <summary>Calls of functions.</summary>
    public IReadOnlyList<CalledFunction> Calls { get; init; } = [];

    /// <summary>Text behind the calls that could not be read, because it was cut.</summary>
    public string Behind { get; init; } = "";

    /// <summary>Remarks on how the answer was made.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A call of a function.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record CalledFunction(string Id, string Name, IReadOnlyDictionary<string, JsonElement> Arguments)
{
    internal static CalledFunction Of(FunctionCallContent call) => new(
        call.CallId, call.Name, call.Arguments!.ToDictionary(static pair => pair.Key, static pair => (JsonElement)pair.Value!));

    internal FunctionCallContent ToContent() =>
        new(Id, Name, Arguments.ToDictionary(static pair => pair.Key, static pair => (object?)pair.Value));
}

/// <summary>A piece of an answer while it is generated.</summary>
/// <param name="Text">More text; empty in the last piece.</param>
/// <param name="IsThought">Whether the text is thought.</param>
/// <param name="Result">The whole; in the last piece only.</param>
internal readonly record struct ChatPiece(string Text, bool IsThought, ChatResult? Result = null);
