using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;

namespace CognitiveTools.Latent.Steering;

/// <summary>
/// One prompt, one generation, with directions added to the residual stream: activation steering at
/// the first step only (as He and others 2026, arXiv 2601.08058, steer a feature), decaying (Xie 2025,
/// arXiv 2510.01246) or throughout. Its controls are a random direction of equal norm, random timing,
/// and a forced prefix, because steering the first step may have no more effect than a first word.
/// </summary>
internal sealed class SteeredReasoner : IReasoner
{
    private readonly ISteerableModel _model;
    private readonly SteeredOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates the reasoner.</summary>
    /// <exception cref="ArgumentException">The vector does not fit the model, or the control does not fit the schedule.</exception>
    public SteeredReasoner(ISteerableModel model, SteeredOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Plan.Vector.Require(model.Name, model.LayerWidth, model.LayerCount);
        var length = options.Plan.Schedule.Length;
        if (options.Control == SteeringControl.Timing && (length == 0 || length >= options.Window))
        {
            throw new ArgumentException(
                $"Random timing needs a schedule shorter than its window of {options.Window} steps, and one that ends. "
                + "Steer the first step or decay, or widen the window.",
                nameof(options));
        }

        if (options.Control == SteeringControl.Prefix && options.Prefix.Length == 0)
            throw new ArgumentException("The prefix control needs a text to begin the answer with.", nameof(options));
        if (options.Control == SteeringControl.Random) // once, because questions share decodes only with the same vector instance
            options = options with { Plan = options.Plan with { Vector = options.Plan.Vector.Random(options.Seed) } };
        (_model, _options, _time) = (model, options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        return new Solve(this, question, options).SolveAsync(cancellationToken);
    }

    private SteeringPlan? PlanFor(SolveOptions options) => _options.Control switch
    {
        SteeringControl.Prefix => null,
        SteeringControl.Timing => _options.Plan with
        {
            Schedule = _options.Plan.Schedule.AtRandomSteps(Seeds.Derive(options.Seed, _options.Seed), _options.Window),
        },
        _ => _options.Plan,
    };

    private sealed class Solve(SteeredReasoner reasoner, Question question, SolveOptions options) : SolveFrame(options, reasoner._time)
    {
        protected override async Task<StopReason> RunAsync(CancellationToken cancellationToken)
        {
            var prefix = reasoner._options.Control == SteeringControl.Prefix ? reasoner._options.Prefix : "";
            var model = reasoner._model;
            var (conversation, start) = (model.Encode(reasoner._options.Prompt(question)), model.EncodeStart(prefix));
            int[] prompt = [.. conversation, .. start];
            var room = (int)Math.Min(Options.Budget.TokensPerTurn, Remaining - prompt.Length);
            if (room < 1)
                return Limit("positions");

            var turn = new TurnSoFar(
                conversation, [.. start.Select(static token => new TurnToken(token, IsText: true, IsGenerated: false))])
            {
                ThoughtTokens = (int)ThoughtsLeft,
            };
            var begun = model.Separate(turn, isEnd: false) ?? new SeparatedText(prefix, "", 0);
            var spoken = SpokenText.For(TextLabel.OfAnswer(Options.TextObserver));
            spoken?.CatchUp(begun);
            var wanted = new ContinuationOptions
            {
                MaxTokens = room,
                Temperature = Options.Temperature,
                Seed = Options.Seed,
                TextObserver = spoken,
                Turn = turn,
            };
            var text = await model.GenerateAsync(prompt, wanted, reasoner.PlanFor(Options), cancellationToken).ConfigureAwait(false);
            var said = begun.Then(text.Continuation);
            spoken?.CatchUp(said);
            Usage += new Usage
            {
                Prompt = text.PromptLength,
                Generated = text.Continuation.Tokens.Count,
                ThoughtTokens = said.ThoughtTokens,
                Cached = text.Cached,
            };
            return Say(said, text.Continuation.End, room);
        }
    }
}
