using System.Globalization;
using CognitiveTools.Latents;
using CognitiveTools.Onnx.Depth;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Onnx.Solving;

/// <summary>
/// Answers at once and thinks in depth: the question, the text with which the model begins every answer, then a
/// continuation, with the core applied as often as the policy says. The lead is fed with the question, so that a policy that
/// watches the last position watches the one at which the answer is made.
/// </summary>
/// <remarks>
/// <see cref="Usage.Latent"/> counts the applications of the core beyond each row's first. Such a pass runs the core's
/// blocks only, not prelude and coda, so as positions they are dearer than they were; the notes give both numbers.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="depth">How often the core is applied; <see langword="null"/> for the model's default.</param>
/// <param name="time">The clock; the system's when <see langword="null"/>.</param>
public sealed class RecurrentReasoner(OnnxLatentModel model, DepthPolicy? depth = null, TimeProvider? time = null) : IReasoner
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var start = _time.GetTimestamp();
        using var timer = options.Budget.WallTime is { } limit ? new CancellationTokenSource(limit, _time) : null;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer?.Token ?? default);
        await using var sequence = model.Begin(depth);
        var lead = model.Manifest.AnswerLead ?? "";
        int[] prompt = [.. model.Tokenizer.EncodeChat([new ChatMessage(ChatRole.User, question.Text)]), .. model.Tokenizer.Encode(lead)];
        try
        {
            // The core's passes are not known beforehand under a policy that watches; the least that a row costs is.
            var tokens = (int)Math.Min(options.Budget.TokensPerTurn, options.Budget.Positions - Cost(prompt.Length));
            if (tokens < 1)
                return Result("", 0, StopReason.TokenLimit, options.Budget.TokensPerTurn < 1 ? "tokensPerTurn" : "positions");
            await sequence.AppendAsync(prompt, linked.Token);
            var said = await sequence.ContinueAsync(
                new ContinuationOptions { MaxTokens = tokens, Temperature = options.Temperature, Seed = options.Seed }, linked.Token);
            var text = lead + said.Text;
            options.Observer?.Report(new Said(text));
            return said.End switch
            {
                ContinuationEnd.ContextFull => Result(text, said.Tokens.Count, StopReason.ContextFull, "context"),
                ContinuationEnd.TokenLimit => Result(text, said.Tokens.Count, StopReason.TokenLimit, tokens < options.Budget.TokensPerTurn ? "positions" : "tokensPerTurn"),
                _ => Result(text, said.Tokens.Count, StopReason.Completed),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timer is { IsCancellationRequested: true })
        {
            return Result("", 0, StopReason.TimedOut, "wallTime");
        }
        catch (ContextFullException full)
        {
            return Result("", 0, StopReason.ContextFull, "context") with { Error = full.Message };
        }

        long Cost(int rows) => rows * (long)((depth ?? model.Depth) is FixedDepth set ? set.Depth : 1);

        Reasoning Result(string text, int generated, StopReason stop, string? limit = null) =>
            new(text, text.Length == 0 ? [] : [new Said(text)], Bill(sequence, generated, _time.GetElapsedTime(start)), stop)
            {
                LimitsHit = limit is null ? [] : [limit],
                Notes = [Note(sequence)],
            };
    }

    private static Usage Bill(OnnxLatentSequence sequence, int generated, TimeSpan elapsed) => new()
    {
        Prompt = sequence.Length - generated,
        Generated = generated,
        Latent = sequence.CorePasses - sequence.Length,
        Elapsed = elapsed,
    };

    private static string Note(OnnxLatentSequence sequence) => string.Create(
        CultureInfo.InvariantCulture,
        $"core passes {sequence.CorePasses} over {sequence.Length} positions, at most {sequence.Depths.DefaultIfEmpty().Max()} each");
}
