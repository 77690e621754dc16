using System.Text.Json;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Workers;

/// <summary>One line to the worker: a setup (the first), a question, or a cancellation.</summary>
/// <param name="Id">Number of the question; 0 for the setup.</param>
/// <param name="Setup">What to load.</param>
/// <param name="Question">What to generate; with neither this nor a setup, the question of this number is cancelled.</param>
internal sealed record WorkerRequest(long Id, WorkerSetup? Setup = null, WorkerQuestion? Question = null);

/// <summary>What the worker loads.</summary>
internal sealed record WorkerSetup(LlamaModelOptions Model, LlamaEngineOptions Engine);

/// <summary>A chat to go on with.</summary>
/// <param name="Messages">A list of chat messages.</param>
/// <param name="Options">How to generate.</param>
/// <param name="Streams">Whether to send the text piece by piece.</param>
internal sealed record WorkerQuestion(JsonElement Messages, GenerationOptions Options, bool Streams);

/// <summary>One line from the worker. The reply to the setup has neither piece, result nor error when all is well.</summary>
/// <param name="Id">Number of the question; 0 for the setup.</param>
/// <param name="Piece">More text.</param>
/// <param name="Result">The whole; the last reply to a question.</param>
/// <param name="Error">Why there is none; the last reply to a question.</param>
internal sealed record WorkerReply(long Id, string? Piece = null, Generation? Result = null, WorkerError? Error = null);

/// <summary>An exception on its way to the caller.</summary>
/// <param name="Kind">Its type, of those that callers tell apart.</param>
/// <param name="Message">Its message.</param>
internal sealed record WorkerError(string Kind, string Message)
{
    internal static WorkerError Of(Exception error) => new(
        error switch
        {
            ArgumentException => nameof(ArgumentException),
            NotSupportedException => nameof(NotSupportedException),
            FileNotFoundException => nameof(FileNotFoundException),
            InvalidDataException => nameof(InvalidDataException),
            _ => nameof(InvalidOperationException),
        },
        error.Message);

    internal Exception ToException() => Kind switch
    {
        nameof(ArgumentException) => new ArgumentException(Message),
        nameof(NotSupportedException) => new NotSupportedException(Message),
        nameof(FileNotFoundException) => new FileNotFoundException(Message),
        nameof(InvalidDataException) => new InvalidDataException(Message),
        _ => new InvalidOperationException(Message),
    };
}
