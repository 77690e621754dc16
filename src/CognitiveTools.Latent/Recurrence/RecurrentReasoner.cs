using System.Globalization;
using CognitiveTools.Latents;
using CognitiveTools.Depth;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Recurrence;

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
public sealed class RecurrentReasoner(IRecurrentModel model, DepthPolicy? depth = null, TimeProvider? time = null) : IReasoner
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        return new Solve(model, depth, question, options, _time).SolveAsync(cancellationToken);
    }

    private sealed class Solve(IRecurrentModel model, DepthPolicy? depth, Question question, SolveOptions options, TimeProvider time)
        : SolveFrame(options, time)
    {
        protected override async Task<StopReason> RunAsync(CancellationToken cancellationToken)
        {
            await using var sequence = model.Begin(depth);
            var lead = model.AnswerLead;
            int[] prompt = [.. model.Tokenizer.EncodeChat([new ChatMessage(ChatRole.User, question.Text)]), .. model.Tokenizer.Encode(lead)];
            var generated = 0;
            try
            {
                // The core's passes are not known beforehand under a policy that watches; the least that a row costs is.
                var tokens = (int)Math.Min(Options.Budget.TokensPerTurn, Options.Budget.Positions - Cost(prompt.Length));
                if (tokens < 1)
                    return Limit(Options.Budget.TokensPerTurn < 1 ? "tokensPerTurn" : "positions");
                await sequence.AppendAsync(prompt, cancellationToken);
                var said = await sequence.ContinueAsync(
                    new ContinuationOptions { MaxTokens = tokens, Temperature = Options.Temperature, Seed = Options.Seed }, cancellationToken);
                generated = said.Tokens.Count;
                Answer = lead + said.Text;
                Add(new Said(Answer));
                return StopOf(said.End, tokens);
            }
            finally
            {
                Bill(sequence, generated);
            }
        }

        private long Cost(int rows) => rows * (long)((depth ?? model.Depth) is FixedDepth set ? set.Depth : 1);

        // However the solve ended: the sum is the number of the core's passes, those of forgotten rows included.
        private void Bill(IRecurrentSequence sequence, int generated)
        {
            Usage = new Usage
            {
                Prompt = sequence.Length - generated,
                Generated = generated,
                Latent = sequence.CorePasses - sequence.Length,
            };
            Note(string.Create(
                CultureInfo.InvariantCulture,
                $"core passes {sequence.CorePasses} over {sequence.Length} positions, at most {sequence.Depths.DefaultIfEmpty().Max()} each"));
        }
    }
}
