using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>One solve: the prompt, one trajectory or several that step together, and the choice among them.</summary>
internal sealed class LatentSolve : SolveFrame
{
    private readonly ILatentModel _model;
    private readonly LatentReasonerOptions _setup;
    private readonly Question _question;
    private readonly Trajectory[] _trajectories;
    private Trajectory _chosen;

    public LatentSolve(ILatentModel model, IThoughtRule rule, LatentReasonerOptions setup, Question question, SolveOptions options,
        TimeProvider time)
        : base(options, time)
    {
        (_model, _setup, _question) = (model, setup, question);
        _trajectories = [.. Enumerable.Range(0, setup.Width).Select(i => new Trajectory(model, rule, setup, question, OptionsOf(i), time))];
        _chosen = _trajectories[0];
    }

    /// <summary>Prompt, thoughts, verbal answer.</summary>
    protected override async Task<StopReason> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var trajectory in _trajectories)
            await trajectory.BeginAsync(cancellationToken);
        var prompt = PromptFor(_model, _setup, _question, Options);
        var allowance = (Options.Budget.Positions - prompt.Length) / _trajectories.Length;
        if (!Array.TrueForAll(_trajectories, trajectory => trajectory.Allow(allowance)))
            return Limit("positions");

        // Before the main sequence is opened: solves that hold one lane and wait for another could deadlock.
        if (_setup.Call is not null)
        {
            ILatentSequence[] isolated = [.. _trajectories.Select(_ => _model.Begin())];
            await SequenceGroup.RunAsync(_model, isolated, (lane, i) => _trajectories[i].CallAsync(lane, cancellationToken));
        }

        var sequences = new List<ILatentSequence> { _model.Begin() };
        try
        {
            var prediction = await sequences[0].AppendAsync(prompt, cancellationToken);
            Usage += new Usage { Prompt = prompt.Length };
            while (sequences.Count < _trajectories.Length)
                sequences.Add(sequences[0].Fork());
            var left = await RunTrajectoriesAsync(sequences, prediction, prompt, cancellationToken);
            Choose();
            if (_setup.ComparesWithGreedy && _chosen.TopTokens.Count > 0)
                await CompareAsync(left, prompt.Length, prediction, cancellationToken);
            return _chosen.Stop;
        }
        finally
        {
            foreach (var sequence in sequences)
                await sequence.DisposeAsync();
        }
    }

    // Each trajectory but the last frees its lane as soon as it has ended, because others may wait for one.
    private async Task<ILatentSequence> RunTrajectoriesAsync(
        List<ILatentSequence> sequences, Prediction prediction, int[] prompt, CancellationToken cancellationToken)
    {
        var (open, last) = (sequences.Count, 0);
        await SequenceGroup.RunAsync(_model, sequences, async (lane, i) =>
        {
            try
            {
                await _trajectories[i].RunAsync(lane, prediction, prompt, cancellationToken);
            }
            finally
            {
                last = i;
                if (--open > 0)
                    await lane.DisposeAsync();
            }
        });
        return sequences[last];
    }

    /// <summary>The chosen trajectory's trace comes first, then the steps about all of them.</summary>
    protected override Reasoning Conclude(Reasoning reasoning) => reasoning with
    {
        Answer = _chosen.Answer,
        Steps = [.. _chosen.Steps, .. reasoning.Steps],
        Usage = Bill(),
        LimitsHit = [.. _chosen.Limits.Union(reasoning.LimitsHit, StringComparer.Ordinal)],
        Notes = [.. _chosen.Notes.Union(reasoning.Notes, StringComparer.Ordinal)],
    };

    /// <summary>Tokens of a question with the marker before the thoughts.</summary>
    internal static int[] PromptFor(ILatentModel model, LatentReasonerOptions setup, Question question, SolveOptions options) =>
        [.. options.Encode(model, setup.Prompt(question)), .. setup.BeginTokens];

    /// <summary>Tokens of the thinking context: the tool's for a latent call, otherwise the main one.</summary>
    internal static int[] ThinkingPromptFor(ILatentModel model, LatentReasonerOptions setup, Question question, SolveOptions options) =>
        setup.Call is { } call
            ? [.. options.Encode(model, call.Prompt(question)), .. setup.BeginTokens]
            : PromptFor(model, setup, question, options);

    // A single trajectory has the solve's seed and reports as it runs; of several, the steps of the chosen one are reported afterwards.
    private SolveOptions OptionsOf(int index) => _setup.Width == 1
        ? Options with { TextObserver = TextLabel.OfAnswer(Options.TextObserver) }
        : Options with
        {
            Seed = Width.Seed(Options.Seed, _setup.Width, index),
            Budget = Options.Budget with { ThoughtTokens = Options.Budget.ThoughtTokens / _setup.Width },
            Observer = null,
            TextObserver = TextLabel.OfSample(Options.TextObserver, index),
        };

    private void Choose()
    {
        if (_trajectories.Length == 1)
            return;
        Branch[] branches = [.. _trajectories.Select((t, i) => new Branch(i, t.Answer, Chosen: false) { Confidence = t.Confidence })];
        var chosen = Width.Choose(_setup.Choice!, _question, branches);
        _chosen = _trajectories[chosen.Single(static branch => branch.Chosen).Index];
        foreach (var step in _chosen.Steps)
            Options.Observer?.Report(step);
        foreach (var branch in chosen)
            Add(branch);
    }

    private async Task CompareAsync(ILatentSequence greedy, int promptLength, Prediction prediction, CancellationToken cancellationToken)
    {
        var cost = _chosen.TopTokens.Count - 1;
        var thoughts = Math.Min(_trajectories.Sum(static t => t.Usage.ThoughtTokens), Options.Budget.ThoughtTokens);
        if (Bill().Positions - thoughts + cost > Options.Budget.Positions)
        {
            Note("not compared with greedy decoding: no positions left");
            return;
        }

        greedy.Rewind(promptLength);
        Usage += new Usage { Discarded = cost };
        Add(await GreedyComparison.MeasureAsync(greedy, prediction, _chosen, cancellationToken));
    }

    private Usage Bill() =>
        Width.Bill(Usage, [.. _trajectories.Select(static trajectory => trajectory.Usage)], Array.IndexOf(_trajectories, _chosen));
}
