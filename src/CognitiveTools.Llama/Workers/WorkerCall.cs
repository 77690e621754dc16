using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Workers;

/// <summary>One frame to the worker.</summary>
/// <param name="Id">Number of the call, which its answers carry too.</param>
/// <param name="Call">What to do.</param>
/// <param name="Partition">The caller's <see cref="CognitiveTools.Chat.CachePartition"/>.</param>
internal sealed record WorkerRequest(long Id, WorkerCall Call, string? Partition = null);

/// <summary>A call to a worker.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "call")]
[JsonDerivedType(typeof(SetupCall), "setup")]
[JsonDerivedType(typeof(CancelCall), "cancel")]
[JsonDerivedType(typeof(PingCall), "ping")]
[JsonDerivedType(typeof(CloseCall), "close")]
[JsonDerivedType(typeof(ChatCall), "chat")]
[JsonDerivedType(typeof(EncodeChatCall), "encodeChat")]
[JsonDerivedType(typeof(EncodeCall), "encode")]
[JsonDerivedType(typeof(FindCall), "find")]
[JsonDerivedType(typeof(DescribeCall), "describe")]
[JsonDerivedType(typeof(DecodeCall), "decode")]
[JsonDerivedType(typeof(EndOfTurnCall), "endOfTurn")]
[JsonDerivedType(typeof(SeparateCall), "separate")]
[JsonDerivedType(typeof(LatentSizesCall), "latent")]
[JsonDerivedType(typeof(NormsCall), "norms")]
[JsonDerivedType(typeof(RowsCall), "rows")]
[JsonDerivedType(typeof(AppendTokensCall), "appendTokens")]
[JsonDerivedType(typeof(AppendRowsCall), "appendRows")]
[JsonDerivedType(typeof(ContinueCall), "continue")]
[JsonDerivedType(typeof(ForkCall), "fork")]
[JsonDerivedType(typeof(RewindCall), "rewind")]
[JsonDerivedType(typeof(StepCall), "step")]
[JsonDerivedType(typeof(StartCall), "start")]
internal abstract record WorkerCall;

/// <summary>A call whose answer ends with a value.</summary>
internal abstract record WorkerCall<T> : WorkerCall;

/// <summary>What to load; the first call.</summary>
internal sealed record SetupCall(LlamaModelOptions Model, LlamaEngineOptions Engine) : WorkerCall<EngineFacts>;

/// <summary>Cancels the call with this number; that call is answered, this one is not.</summary>
/// <param name="Member">Of a <see cref="StepCall"/>, which member is cancelled.</param>
internal sealed record CancelCall(int Member = 0) : WorkerCall;

/// <summary>
/// Asks whether the process still works. Its reading thread answers at once with <see cref="Done"/>, for which no call waits.
/// </summary>
internal sealed record PingCall : WorkerCall;

/// <summary>Frees a sequence; not answered.</summary>
internal sealed record CloseCall(long Sequence) : WorkerCall;

/// <summary>Generates the assistant's turn of a chat.</summary>
/// <param name="Messages">A list of chat messages.</param>
/// <param name="Prompt">What the request gives to the chat template.</param>
/// <param name="Options">How to generate.</param>
/// <param name="Streams">Whether to send the text piece by piece, too.</param>
internal sealed record ChatCall(JsonElement Messages, PromptSettings Prompt, GenerationOptions Options, bool Streams)
    : WorkerCall<ChatResult>;

/// <summary>See <see cref="ILatentTokenizer.EncodeChat"/>.</summary>
internal sealed record EncodeChatCall(JsonElement Messages) : WorkerCall<int[]>;

/// <summary>See <see cref="ILatentTokenizer.Encode"/>.</summary>
internal sealed record EncodeCall(string Text) : WorkerCall<int[]>;

/// <summary>See <see cref="ILatentTokenizer.Find"/>.</summary>
internal sealed record FindCall(string Text) : WorkerCall<int?>;

/// <summary>See <see cref="ILatentTokenizer.Describe"/>.</summary>
internal sealed record DescribeCall(int Token) : WorkerCall<string>;

/// <summary>See <see cref="ILatentTokenizer.Decode"/>.</summary>
internal sealed record DecodeCall(int[] Tokens) : WorkerCall<string>;

/// <summary>See <see cref="ILatentTokenizer.IsEndOfTurn"/>.</summary>
internal sealed record EndOfTurnCall(int Token) : WorkerCall<bool>;

/// <summary>See <see cref="ILatentModel.Separate"/>.</summary>
internal sealed record SeparateCall(TurnSoFar Turn, bool IsEnd) : WorkerCall<SeparatedText?>;

/// <summary>Measures whether the model may be used latently.</summary>
internal sealed record LatentSizesCall : WorkerCall<LatentSizes>;

/// <summary>Norms of a matrix.</summary>
/// <param name="OfOutput">Whether the output matrix is meant, not the input matrix.</param>
internal sealed record NormsCall(bool OfOutput) : WorkerCall<MatrixNorms>;

/// <summary>Rows of a matrix, sent in the answer's frame.</summary>
internal sealed record RowsCall(bool OfOutput, int First, int Count) : WorkerCall<Done>;

/// <summary>A call to a sequence. A new number is an empty sequence.</summary>
internal interface ISequenceCall
{
    long Sequence { get; }
}

/// <summary>The answer's frame carries the prediction's hidden state and logits.</summary>
internal sealed record AppendTokensCall(long Sequence, int[] Tokens) : WorkerCall<Done>, ISequenceCall;

/// <summary>The call's frame carries the embeddings; the answer is that of <see cref="AppendTokensCall"/>.</summary>
internal sealed record AppendRowsCall(long Sequence) : WorkerCall<Done>, ISequenceCall;

/// <summary>See <see cref="ILatentSequence.ContinueAsync"/>.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Options">How to generate.</param>
/// <param name="Streams">Whether to send the text piece by piece, too.</param>
internal sealed record ContinueCall(long Sequence, ContinuationOptions Options, bool Streams)
    : WorkerCall<Continuation>, ISequenceCall;

/// <summary>See <see cref="ILatentSequence.Fork"/>.</summary>
/// <param name="Sequence">The original.</param>
/// <param name="Fork">The number that the fork gets.</param>
internal sealed record ForkCall(long Sequence, long Fork) : WorkerCall<Done>, ISequenceCall;

/// <summary>See <see cref="ILatentSequence.Rewind"/>.</summary>
internal sealed record RewindCall(long Sequence, int Length) : WorkerCall<Done>, ISequenceCall;

/// <summary>See <see cref="ILatentModel.StepAsync"/>. The call's frame carries the members' embeddings, in their order.</summary>
internal sealed record StepCall(IReadOnlyList<WorkerStep> Steps) : WorkerCall<WorkerOutcome[]>;

/// <summary>Starts chats together; each is answered under its own number, this call is not answered.</summary>
internal sealed record StartCall(IReadOnlyList<WorkerRequest> Requests) : WorkerCall;

/// <summary>A member of a <see cref="StepCall"/>.</summary>
/// <param name="Sequence">A new number is an empty sequence.</param>
/// <param name="Tokens">Tokens to append.</param>
/// <param name="Floats">Floats of the embeddings to append.</param>
/// <param name="Continuation">How to continue as text; <see langword="null"/> for an append.</param>
/// <param name="Streams">Whether to send the text piece by piece, too.</param>
internal sealed record WorkerStep(long Sequence, int[] Tokens, int Floats, ContinuationOptions? Continuation, bool Streams);
