using System.Numerics.Tensors;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>One solve: its trace, its bill, and the loop itself.</summary>
internal sealed class LatentSolve(
    ILatentModel model, IThoughtRule rule, LatentReasonerOptions setup, Question question, SolveOptions options)
{
    private const int NearestTokens = 3;

    private readonly List<Step> _steps = [];
    private readonly List<string> _limits = [];
    private string _answer = "";
    private Usage _usage = Usage.None;

    private long Remaining => options.Budget.Positions - _usage.Positions;

    /// <summary>The loop: prompt, thoughts, end markers, verbal answer.</summary>
    public async Task<StopReason> RunAsync(CancellationToken cancellationToken)
    {
        var state = await rule.BeginAsync(ContextFor(question), cancellationToken);
        var prompt = PromptFor(question);
        if (Remaining < prompt.Length + setup.EndTokens.Count + 1)
            return Limit("positions");

        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(prompt, cancellationToken);
        _usage += new Usage { Prompt = prompt.Length };

        var thoughts = await ThinkAsync(sequence, prediction, state, isDonor: false, cancellationToken);
        if (rule.DropsCache && thoughts.Count > 0)
            await DropAsync(sequence, prompt, cancellationToken);
        if (setup.EndTokens.Count > 0)
        {
            await sequence.AppendAsync(setup.EndTokens.ToArray(), cancellationToken);
            _usage += new Usage { Prompt = setup.EndTokens.Count };
        }

        return await AnswerAsync(sequence, cancellationToken);
    }

    /// <summary>Notes a limit that was hit; the text, if any, is cut.</summary>
    public StopReason Limit(string name, StopReason stop = StopReason.TokenLimit)
    {
        if (!_limits.Contains(name, StringComparer.Ordinal))
            _limits.Add(name);
        return stop;
    }

    /// <summary>The result so far.</summary>
    public Reasoning ToReasoning(StopReason stop, TimeSpan elapsed, string? error = null) =>
        new(_answer, _steps, _usage with { Elapsed = elapsed }, stop) { Error = error, LimitsHit = _limits };

    private int[] PromptFor(Question about) => [.. model.Tokenizer.EncodeChat(setup.Prompt(about)), .. setup.BeginTokens];

    private ThoughtContext ContextFor(Question about) => new()
    {
        Model = model,
        Question = about,
        Seed = options.Seed,
        Steps = setup.Steps,
        ThinkAboutAsync = ThinkAboutAsync,
    };

    private async ValueTask<List<ThoughtInput>> ThinkAsync(
        ILatentSequence sequence,
        Prediction prediction,
        IThoughtState state,
        bool isDonor,
        CancellationToken cancellationToken)
    {
        var inputs = new List<ThoughtInput>(setup.Steps);
        while (inputs.Count < setup.Steps)
        {
            var input = state.Next(prediction);
            if (input.Kind == ThoughtInputKind.Stop)
                break;

            // Positions for the thought, a repeated last token when the cache is dropped, the end markers and one token.
            // A donor thinks to its end: its bill is then checked with the prompt's.
            if (!isDonor && Remaining < setup.EndTokens.Count + (rule.DropsCache ? 3 : 2))
            {
                Limit("positions");
                break;
            }

            var before = prediction;
            prediction = input.Kind == ThoughtInputKind.Token
                ? await sequence.AppendAsync(new[] { input.Token }, cancellationToken)
                : await sequence.AppendAsync(input.Embedding, cancellationToken);
            _usage += isDonor ? new Usage { Discarded = 1 } : new Usage { Latent = 1 };
            if (!isDonor)
                Record(inputs.Count, input, before);
            inputs.Add(input);
        }

        return inputs;
    }

    private void Record(int index, ThoughtInput input, Prediction prediction)
    {
        var logits = prediction.Logits.Span;
        var (entropy, logSum) = Softmax.Measure(logits);
        var best = Softmax.Best(logits, NearestTokens);
        var nearest = new TokenShare[best.Length];
        for (var i = 0; i < best.Length; i++)
            nearest[i] = new TokenShare(model.Tokenizer.Describe(best[i]), Math.Exp((double)logits[best[i]] - logits[best[0]] - logSum));

        var isToken = input.Kind == ThoughtInputKind.Token;
        Add(new Thought(
            index,
            isToken ? "token" : "embedding",
            isToken ? 0 : TensorPrimitives.Norm(input.Embedding.Span),
            entropy,
            nearest));
    }

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> ThinkAboutAsync(
        Question donor, IThoughtRule donorRule, CancellationToken cancellationToken)
    {
        var state = await donorRule.BeginAsync(ContextFor(donor), cancellationToken);
        var prompt = PromptFor(donor);
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(prompt, cancellationToken);
        _usage += new Usage { Discarded = prompt.Length };
        var inputs = await ThinkAsync(sequence, prediction, state, isDonor: true, cancellationToken);
        return [.. inputs.Where(input => input.Kind == ThoughtInputKind.Embedding).Select(input => input.Embedding)];
    }

    private async ValueTask DropAsync(ILatentSequence sequence, int[] prompt, CancellationToken cancellationToken)
    {
        var dropped = _usage.Latent;
        if (setup.EndTokens.Count > 0)
        {
            sequence.Rewind(prompt.Length);
        }
        else
        {
            // Rewinding loses the prediction, and there is nothing to append: the last prompt token is forwarded again.
            sequence.Rewind(prompt.Length - 1);
            await sequence.AppendAsync(prompt.AsMemory(prompt.Length - 1), cancellationToken);
            dropped++;
        }

        _usage = _usage with { Latent = 0, Discarded = _usage.Discarded + dropped };
    }

    private async Task<StopReason> AnswerAsync(ILatentSequence sequence, CancellationToken cancellationToken)
    {
        var thoughtsWereCut = _limits.Count > 0;
        var tokens = (int)Math.Min(options.Budget.TokensPerTurn, Remaining);
        if (tokens < 1)
            return Limit(Remaining < 1 ? "positions" : "tokensPerTurn");

        var answer = await sequence.ContinueAsync(
            new ContinuationOptions { MaxTokens = tokens, Temperature = options.Temperature, Seed = options.Seed },
            cancellationToken);
        _usage += new Usage { Generated = answer.Tokens.Count };
        _answer = answer.Text;
        Add(new Said(answer.Text));

        return answer.End switch
        {
            ContinuationEnd.ContextFull => Limit("context", StopReason.ContextFull),
            ContinuationEnd.TokenLimit => Limit(tokens < options.Budget.TokensPerTurn ? "positions" : "tokensPerTurn"),
            _ => thoughtsWereCut ? StopReason.Forced : StopReason.Completed,
        };
    }

    private void Add(Step step)
    {
        _steps.Add(step);
        options.Observer?.Report(step);
    }
}
