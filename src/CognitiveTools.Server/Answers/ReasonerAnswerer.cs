using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CognitiveTools.Calls;
using CognitiveTools.Reasoners;
using CognitiveTools.Server.Faults;
using CognitiveTools.Server.Requests;
using CognitiveTools.Server.Wire;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Answers;

/// <summary>
/// A reasoner as a model: it answers one question, the request's only message. Its thoughts, and text that the reasoner knows to be the
/// answer (<see cref="TextPiece.IsAnswer"/>), are sent as they are generated; tool calls, latent thoughts and turns before the answer
/// are sent as thinking when they are finished (<see cref="AnswerText"/>). An answer that was not sent by then comes at the end.
/// </summary>
/// <param name="reasoner">The reasoner.</param>
/// <param name="client">The model that it asks.</param>
/// <param name="budget">What one solve may spend.</param>
/// <param name="reportsCached">Whether answers say how many positions the prefix cache served.</param>
internal sealed class ReasonerAnswerer(IReasoner reasoner, IChatClient client, Budget budget, bool reportsCached) : IAnswerer
{
    public async IAsyncEnumerable<AnswerPart> AnswerAsync(
        CompletionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.Tools.Count > 0)
            throw RequestRefusedException.Unsupported(
                "tools", "A reasoner calls its own tools; ask the chat model, which GET /v1/models lists first.");
        var question = new Question("request", QuestionOf(request));
        var heard = Channel.CreateUnbounded<Heard>();
        var listener = new Listener(heard.Writer);
        var options = OptionsFor(request) with { Observer = listener, TextObserver = listener };
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var text = new AnswerText(request.Stream);
        var any = false;
        var solving = SolveAsync(question, options, heard.Writer, abandoned.Token);
        try
        {
            await foreach (var one in heard.Reader.ReadAllAsync(CancellationToken.None)) // ends when the solve does, cancelled or not
            {
                foreach (var part in one.Step is { } step ? text.Add(step) : text.Add(one.Piece))
                {
                    any = true;
                    yield return part;
                }
            }
        }
        finally
        {
            if (!solving.IsCompleted)
            {
                await abandoned.CancelAsync();
                await ((Task)solving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        var reasoning = await solving;
        if (reasoning is { Stop: StopReason.Failed, Cause: HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } limited })
            throw limited; // as the plain model answers it, with the time to wait
        if (reasoning.Stop == StopReason.Failed)
            throw new RequestRefusedException(502, "reasoner_failed", ErrorResponse.ModelFailed) { Detail = reasoning.Error };
        if (reasoning.Stop == StopReason.ContextFull && !any && string.IsNullOrWhiteSpace(reasoning.Answer))
            throw FullContext.Refusal(client);

        foreach (var part in text.Close(reasoning.Answer))
            yield return part;
        yield return new AnswerPart
        {
            End = new AnswerEnd(FinishOf(reasoning), UsageOf(reasoning)) { Notes = reasoning.Notes },
        };
    }

    private async Task<Reasoning> SolveAsync(
        Question question, SolveOptions options, ChannelWriter<Heard> heard, CancellationToken cancellationToken)
    {
        try
        {
            return await reasoner.SolveAsync(question, options, cancellationToken);
        }
        finally
        {
            heard.Complete();
        }
    }

    private static string QuestionOf(CompletionRequest request)
    {
        if (request.Messages is not [{ } only] || only.Role != ChatRole.User)
        {
            throw new RequestRefusedException(
                400,
                "unsupported_value",
                "A reasoner answers one question with its own prompts: send one user message with all information. "
                    + "The plain model takes whole conversations.",
                "messages");
        }

        return string.IsNullOrWhiteSpace(only.Text)
            ? throw RequestRefusedException.Invalid("messages[0].content", "The question is empty.") : only.Text;
    }

    private SolveOptions OptionsFor(CompletionRequest request)
    {
        Refuse(request.Stops.Count > 0, "stop", "Leave it out; a reasoner ends by itself.");
        Refuse(request.Effort is not null, "reasoning_effort", "A reasoner's setting says how much the model thinks: "
            + "name it in 'model', for instance cot:think=low.");
        Refuse(request.Format is not null, "response_format", "A reasoner answers in text; ask the plain model for JSON.");
        Refuse(request.TopP is not (null or 1), "top_p", "Leave it out; temperature is honoured.");
        Refuse(request.MaxCompletionTokens is not null, "max_completion_tokens",
            "max_tokens bounds each turn of the model; what all of them may spend is set when the server is started (--positions).");
        if (request.Seed is < int.MinValue or > int.MaxValue)
            throw RequestRefusedException.Invalid("seed",
                $"'seed' must be a whole number from {int.MinValue} to {int.MaxValue} for a reasoner.");
        return new SolveOptions
        {
            Budget = budget with { TokensPerTurn = request.MaxTokens ?? budget.TokensPerTurn },
            Seed = (int)(request.Seed ?? 0),
            Temperature = request.Temperature,
        };
    }

    private static void Refuse(bool isSet, string parameter, string remedy)
    {
        if (isSet)
            throw RequestRefusedException.Unsupported(parameter, $"Reasoners do not take it. {remedy}");
    }

    // The note says of one turn alone that it was the filtered one; of several, another one may have the answer.
    private static string FinishOf(Reasoning reasoning) =>
        reasoning.Steps.Count <= 1 && reasoning.Notes.Contains(ModelTurn.Filtered) ? ChatFinishReason.ContentFilter.Value
        : reasoning.Stop is StopReason.Completed or StopReason.Forced ? "stop"
        : "length";

    private CompletionUsage? UsageOf(Reasoning reasoning)
    {
        var usage = reasoning.Usage;
        if (usage.Incomplete)
            return null; // incomplete usage would look complete to the client
        var (prompt, hidden) = (usage.Prompt + usage.ToolPrompt, usage.Latent + usage.ToolGenerated + usage.Discarded);
        return new CompletionUsage(prompt, usage.Generated + hidden, usage.Positions)
        {
            CompletionTokensDetails = reasoning.Notes.Contains(ModelTurn.NoThoughtCount) ? null : new(hidden + usage.ThoughtTokens),
            PositionsDetails = new(usage.Prompt, usage.Generated, usage.Latent, usage.ToolPrompt, usage.ToolGenerated, usage.Discarded,
                reportsCached ? usage.Cached : null),
        };
    }

    /// <summary>A finished step or, without one, a piece of text.</summary>
    private readonly record struct Heard(Step? Step, TextPiece Piece);

    private sealed class Listener(ChannelWriter<Heard> heard) : IProgress<Step>, IProgress<TextPiece>
    {
        public void Report(Step value) => heard.TryWrite(new Heard(value, default));

        public void Report(TextPiece value) => heard.TryWrite(new Heard(null, value));
    }
}
