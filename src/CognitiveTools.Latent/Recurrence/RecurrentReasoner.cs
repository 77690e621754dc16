using System.Globalization;
using CognitiveTools.Depth;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Recurrence;

/// <summary>
/// Answers immediately and thinks in depth: the question, the text with which the model begins every
/// answer, then a continuation, with the core applied as often as the policy says. The lead is part of
/// the prompt, so that a policy on the last position evaluates the position at which the answer begins.
/// </summary>
/// <remarks>
/// <see cref="Usage.Latent"/> counts the applications of the core beyond each row's first. Such a pass runs only the core's blocks,
/// not prelude and coda, so counting it as a position overstates its cost; the notes give both numbers.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="depth">How often the core is applied; <see langword="null"/> for the model's default.</param>
/// <param name="time">The clock; the system's when <see langword="null"/>.</param>
internal sealed class RecurrentReasoner(IRecurrentModel model, DepthPolicy? depth = null, TimeProvider? time = null) : IReasoner
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
            ChatMessage[] conversation = [new(ChatRole.User, question.Text)];
            int[] prompt = [.. model.Tokenizer.EncodeChat(conversation), .. model.Tokenizer.Encode(lead)];
            var generated = 0;
            try
            {
                // Under an adaptive policy the core's passes are not known in advance, only the minimum cost of a row.
                var tokens = (int)Math.Min(Options.Budget.TokensPerTurn, Options.Budget.Positions - Cost(prompt.Length));
                if (tokens < 1)
                    return Limit(Options.Budget.TokensPerTurn < 1 ? "tokensPerTurn" : "positions");
                await sequence.AppendAsync(prompt, cancellationToken);
                var spoken = SpokenText.For(TextLabel.OfAnswer(Options.TextObserver));
                var wanted = new ContinuationOptions
                {
                    MaxTokens = tokens,
                    Temperature = Options.Temperature,
                    Seed = Options.Seed,
                    TextObserver = spoken,
                };
                if (lead.Length > 0)
                    Options.TextObserver?.Report(new TextPiece(lead, IsThought: false) { IsAnswer = true });
                var said = await sequence.ContinueAsync(wanted, cancellationToken);
                spoken?.CatchUp(said.Text, said.Thoughts);
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

        // After any end of the solve: the sum is the number of the core's passes, including those of removed rows.
        private void Bill(IRecurrentSequence sequence, int generated)
        {
            Usage = new Usage
            {
                Prompt = sequence.Length - generated,
                Generated = generated,
                Latent = sequence.CorePasses - sequence.Length,
            };
            var deepest = sequence.Depths.DefaultIfEmpty().Max();
            Note(string.Create(
                CultureInfo.InvariantCulture,
                $"core passes {sequence.CorePasses} over {sequence.Length} positions, at most {deepest} each"));
        }
    }
}
