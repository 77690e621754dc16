using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>One trajectory of a solve after the prompt: thoughts, end markers, verbal answer; with its trace and usage.</summary>
internal sealed class Trajectory(
    ILatentModel model, IThoughtRule rule, LatentReasonerOptions setup, Question question, SolveOptions options, TimeProvider time)
{
    private readonly SolveRecord _record = new(options, time);
    private readonly SpokenTurn _turn = new(model, options.TextObserver);
    private readonly List<int> _topTokens = [];
    private IThoughtState? _state;
    private List<ThoughtInput>? _handedOver;

    /// <summary>The trace.</summary>
    public IReadOnlyList<Step> Steps => _record.Steps;

    /// <summary>Names of the limits that were hit.</summary>
    public IReadOnlyList<string> Limits => _record.Limits;

    /// <summary>Remarks on the text.</summary>
    public IReadOnlyList<string> Notes => _record.Notes;

    /// <summary>Positions after the prompt, and those of donors.</summary>
    public Usage Usage
    {
        get => _record.Usage;
        private set => _record.Usage = value;
    }

    /// <summary>The text with the answer.</summary>
    public string Answer => _record.Answer;

    /// <summary>See <see cref="Branch.Confidence"/>; measured only where the choice among trajectories needs it.</summary>
    public double? Confidence { get; private set; }

    /// <summary>Why it ended.</summary>
    public StopReason Stop { get; private set; } = StopReason.Failed;

    /// <summary>The most probable token of each prediction that a thought was made from.</summary>
    public IReadOnlyList<int> TopTokens => _topTokens;

    private long Remaining => _record.Remaining;

    /// <summary>Prepares the rule; a control may think about a donor question here.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        _state = await rule.BeginAsync(ContextFor(question), cancellationToken);

    /// <summary>Sets the limit of positions after the prompt, donors included; returns whether it suffices for an answer.</summary>
    public bool Allow(long positions)
    {
        _record.Allowance = positions;
        return Remaining >= setup.EndTokens.Count + 1;
    }

    /// <summary>
    /// Makes the latent call: thinks in the tool's context. <see cref="RunAsync"/> then feeds the thoughts to the main context.
    /// </summary>
    /// <param name="isolated">An empty sequence; disposed at the end.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    public Task CallAsync(ILatentSequence isolated, CancellationToken cancellationToken) =>
        PaidAsync(ThinkApartAsync(isolated, cancellationToken),
            work => new Usage { ToolPrompt = work.Prompt, ToolGenerated = work.Generated });

    /// <summary>Runs it on a sequence that holds the prompt.</summary>
    public Task RunAsync(ILatentSequence sequence, Prediction prediction, int[] prompt, CancellationToken cancellationToken) =>
        PaidAsync(GoOnAsync(sequence, prediction, prompt, cancellationToken),
            work => new Usage { Prompt = work.Prompt, Generated = work.Generated });

    // The exception of an interrupted engine call carries its work; the text so far stays the answer.
    private async Task PaidAsync(Task part, Func<PartialWork, Usage> bill)
    {
        try
        {
            await part;
        }
        catch (Exception thrown)
        {
            var work = PartialWork.Take(thrown);
            if (work is not null)
                Usage += bill(work);
            var said = _turn.Said(isEnd: work is null or { Text: "" });
            said = said with { Text = said.Text + work?.Text };
            CountThoughts(said.ThoughtTokens + (work?.Thoughts ?? 0));
            if (said.Text.Length > 0 || said.Thoughts.Length > 0)
                _record.Say(said);
            throw;
        }
    }

    private async Task ThinkApartAsync(ILatentSequence isolated, CancellationToken cancellationToken)
    {
        await using var context = isolated;
        _handedOver = [];
        var prompt = LatentSolve.ThinkingPromptFor(model, setup, question, options);
        if (Remaining < prompt.Length + setup.EndTokens.Count + 3)
        {
            _record.Limit("positions");
            return;
        }

        var prediction = await isolated.AppendAsync(prompt, cancellationToken);
        Usage += new Usage { ToolPrompt = prompt.Length };
        (_handedOver, _) = await ThinkAsync(isolated, prediction, _state!, isDonor: false, cancellationToken);
        _record.Add(new Called(setup.Call!.Tool, "{}", nameof(CallOutcome.Answered), "(thoughts, handed over without words)")
        {
            Usage = new Usage { ToolPrompt = prompt.Length, Latent = _handedOver.Count },
        });
    }

    private async Task GoOnAsync(ILatentSequence sequence, Prediction prediction, int[] prompt, CancellationToken cancellationToken)
    {
        _turn.Begin(prompt[..^setup.BeginTokens.Count], setup.BeginTokens);
        var (inputs, ended) = _handedOver is null
            ? await ThinkAsync(sequence, prediction, _state!, isDonor: false, cancellationToken)
            : (_handedOver, false);
        if (ended)
        {
            var said = _turn.Said(isEnd: true);
            CountThoughts(said.ThoughtTokens);
            Stop = _record.Say(said, GenerationEnd.EndOfTurn, int.MaxValue);
            return;
        }

        if (_handedOver is not null)
            await HandOverAsync(sequence, _handedOver, cancellationToken);
        if (rule.DropsCache && inputs.Count > 0)
            await DropAsync(sequence, prompt, cancellationToken);
        _turn.End(setup.EndTokens);
        if (setup.EndTokens.Count > 0)
        {
            await sequence.AppendAsync(setup.EndTokens.ToArray(), cancellationToken);
            Usage += new Usage { Prompt = setup.EndTokens.Count };
        }

        Stop = await AnswerAsync(sequence, cancellationToken);
    }

    private ThoughtContext ContextFor(Question about) => new()
    {
        Model = model,
        Question = about,
        Seed = options.Seed,
        Steps = setup.Steps,
        ThinkAboutAsync = ThinkAboutAsync,
    };

    private async ValueTask<(List<ThoughtInput> Inputs, bool Ended)> ThinkAsync(
        ILatentSequence sequence, Prediction prediction, IThoughtState state, bool isDonor, CancellationToken cancellationToken)
    {
        var inputs = new List<ThoughtInput>();
        while (inputs.Count < setup.Steps)
        {
            var input = state.Next(prediction);
            if (input.Ends)
                return (inputs, input.Kind == ThoughtInputKind.EndOfTurn);

            // Positions for the thought, a repeated last token when the cache is dropped, the end markers and one token. Thoughts of a
            // tool are forwarded again. A donor always thinks to its end; its cost is checked afterwards, with the prompt's.
            var handOver = setup.Call is null ? 0 : inputs.Count + 1;
            if (!isDonor && Remaining < setup.EndTokens.Count + (rule.DropsCache ? 3 : 2) + handOver)
            {
                _record.Limit("positions");
                break;
            }

            var before = prediction;
            prediction = await FeedAsync(sequence, input, cancellationToken);
            if (isDonor)
                Usage += new Usage { Discarded = 1 };
            else
                Record(inputs.Count, input, before);
            inputs.Add(input);
        }

        return (inputs, false);
    }

    private async ValueTask HandOverAsync(ILatentSequence sequence, List<ThoughtInput> thoughts, CancellationToken cancellationToken)
    {
        foreach (var thought in thoughts)
            await FeedAsync(sequence, thought, cancellationToken);
        Usage += new Usage { Prompt = thoughts.Count };
    }

    private static ValueTask<Prediction> FeedAsync(ILatentSequence sequence, ThoughtInput input, CancellationToken cancellationToken) =>
        input.Kind == ThoughtInputKind.Embedding
            ? sequence.AppendAsync(input.Embedding, cancellationToken)
            : sequence.AppendAsync(new[] { input.Token }, cancellationToken);

    private void Record(int index, ThoughtInput input, in Prediction before)
    {
        var top = Softmax.Top(before.Logits.Span);
        _topTokens.Add(top);
        _turn.Add(input, top);
        if (input.Kind == ThoughtInputKind.Word)
        {
            Usage += new Usage { Generated = 1 };
            return;
        }

        Usage += new Usage { Latent = 1 };
        _record.Add(ThoughtTrace.Of(index, input, before, model.Tokenizer));
    }

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> ThinkAboutAsync(
        Question donor, IThoughtRule donorRule, CancellationToken cancellationToken)
    {
        var state = await donorRule.BeginAsync(ContextFor(donor), cancellationToken);
        var prompt = LatentSolve.ThinkingPromptFor(model, setup, donor, options);
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(prompt, cancellationToken);
        Usage += new Usage { Discarded = prompt.Length };
        var (inputs, _) = await ThinkAsync(sequence, prediction, state, isDonor: true, cancellationToken);
        return [.. inputs.Where(input => input.Kind == ThoughtInputKind.Embedding).Select(input => input.Embedding)];
    }

    private async ValueTask DropAsync(ILatentSequence sequence, int[] prompt, CancellationToken cancellationToken)
    {
        _turn.Drop();
        long dropped = _handedOver?.Count ?? Usage.Latent;
        Usage = _handedOver is null ? Usage with { Latent = 0 } : Usage with { Prompt = Usage.Prompt - dropped };
        if (setup.EndTokens.Count > 0)
        {
            sequence.Rewind(prompt.Length);
        }
        else
        {
            // Rewinding loses the prediction, and there are no end markers to append, so the last prompt token is forwarded again.
            sequence.Rewind(prompt.Length - 1);
            await sequence.AppendAsync(prompt.AsMemory(prompt.Length - 1), cancellationToken);
            dropped++;
        }

        Usage += new Usage { Discarded = dropped };
    }

    private async Task<StopReason> AnswerAsync(ILatentSequence sequence, CancellationToken cancellationToken)
    {
        var begun = _turn.Said(isEnd: false);
        CountThoughts(begun.ThoughtTokens);
        var thoughtsWereCut = Limits.Count > 0;
        var measures = setup is { Width: > 1, Choice.MeasuresConfidence: true };
        var tokens = (int)Math.Min(options.Budget.TokensPerTurn, Remaining);
        if (tokens < 1)
        {
            _record.Answer = _turn.Said(isEnd: true).Text;
            return _record.Limit(Remaining < 1 ? "positions" : "tokensPerTurn");
        }

        var answer = await sequence.ContinueAsync(
            new ContinuationOptions
            {
                MaxTokens = tokens,
                Temperature = options.Temperature,
                Seed = options.Seed,
                Margins = measures,
                TextObserver = _turn.Observer,
                Turn = _turn.Before(_record.ThoughtsLeft),
            },
            cancellationToken);
        var said = begun.Then(answer);
        _turn.Observer?.CatchUp(said);
        Usage += new Usage { Generated = answer.Tokens.Count };
        CountThoughts(said.ThoughtTokens);
        if (measures)
        {
            if (answer.Margins.Count != answer.Tokens.Count)
                throw new NotSupportedException(
                    "The model's continuations report no margins, which choose=confidence needs. "
                    + "Use the llama.cpp engine, or choose=vote.");
            Confidence = _turn.Confidence(answer);
        }

        var stop = _record.Say(said, answer.End, tokens);
        return stop == StopReason.Completed && thoughtsWereCut ? StopReason.Forced : stop;
    }

    // Thoughts in the model's own format; latent ones are counted as such.
    private void CountThoughts(long tokens) => Usage = Usage with { ThoughtTokens = tokens };
}
