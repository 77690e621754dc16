using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// A number of updates of a policy, each from prompts drawn at random (a corpus may be a single one), at a rate that rises linearly and
/// then sinks by a cosine to a tenth. A report has the rewards since the last one, and of held-out problems, answered greedily, how many
/// are right, how many texts begin with a step, and how many are right when thoughts are zeroed.
/// </summary>
internal sealed class UpdateCourse : ICourse<Decoder>
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "updates";

    private const string FirstStep = "1:";

    private readonly GroupPolicy _policy;
    private readonly AnswerReward _reward;
    private readonly MiniVocabulary _words;
    private readonly TokenFile _file;
    private readonly (int[] Prompt, int[] Text)[] _probe;
    private readonly ulong _seed;
    private readonly int _batch, _most, _every;
    private readonly double _warmup;
    private int _updates;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="policy">What is learned.</param>
    public UpdateCourse(RunFile run, string corpora, GroupPolicy policy)
    {
        var map = run.Course;
        run.RequireCourse(Kind, "a policy");
        map.Allow("kind", "corpus", "heldOut", "updates", "warmup", "reportEvery", "problems");
        (_policy, _reward, _words, _seed, _batch) = (policy, new AnswerReward(run.Words), run.Words, run.Seed, run.Batch);
        _most = map.Whole("updates", 1) ?? throw map.Wrong("updates", "is missing; say how many updates the run makes.");
        _every = map.Whole("reportEvery", 1) ?? _most;
        _warmup = map.Number("warmup", 0, 1) ?? 0.02;
        _file = run.Open(corpora, map.Required("corpus"), Room);
        var heldOut = run.Open(corpora, map.Required("heldOut"), Room);
        _probe = [.. Enumerable.Range(0, Math.Min(heldOut.Count, map.Whole("problems", 1) ?? 200)).Select(heldOut.Question)];

        int Room(TokenFile file, int row) => policy.Asked(file.Question(row).Prompt).Length
            + (policy.Thoughts is { } thoughts ? thoughts.Count + thoughts.After.Count : 0) + policy.Settings.Limit;
    }

    /// <inheritdoc/>
    public bool IsDone => _updates >= _most;

    /// <inheritdoc/>
    public double Rate => TokenCourse.RateAt((double)_updates / _most, _warmup);

    /// <inheritdoc/>
    public bool IsReportDue => _updates % _every == 0 || IsDone;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new()
        {
            ["updates"] = _updates,
            ["tally"] = JsonSerializer.SerializeToNode(_policy.Tally),
            ["policy"] = _policy.State,
        };
        set
        {
            _updates = value["updates"]!.GetValue<int>();
            _policy.Tally = value["tally"].Deserialize<PolicyTally>()!;
            _policy.State = value["policy"]!.AsObject();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(Decoder network) =>
        _updates > 0 ? new JsonObject { ["resumed_at"] = _updates } : new JsonObject { ["before"] = Examine(network) };

    /// <inheritdoc/>
    public Batch Next()
    {
        var random = SeededRandom.For(_seed, $"prompts {_updates / _policy.Settings.Passes}");
        return new Batch(_file, [.. Enumerable.Range(0, _batch).Select(_ => random.Below(_file.Count))]);
    }

    /// <inheritdoc/>
    public void Advance(Batch batch) => _updates++;

    /// <inheritdoc/>
    public JsonObject Report(Decoder network, double loss)
    {
        var report = new JsonObject { ["updates"] = _updates, ["loss"] = Math.Round(loss, 5) };
        _policy.Tally.AddTo(report);
        _policy.Tally = new PolicyTally();
        report["held_out"] = Examine(network);
        return report;
    }

    private JsonObject Examine(Decoder network)
    {
        var limit = _policy.Settings.Limit;
        var texts = Texts(think: null);
        var figures = new JsonObject
        {
            ["right"] = Right(texts),
            ["stepwise"] = Share(i => _words.Decode(texts[i]).StartsWith(FirstStep, StringComparison.Ordinal)),
        };
        if (_policy.Thoughts is { IsPause: false })
            figures["zeroed"] = Right(Texts(static hidden => torch.zeros_like(hidden)));
        return figures;

        IReadOnlyList<IReadOnlyList<int>> Texts(Func<torch.Tensor, torch.Tensor>? think) =>
            _policy.Greedy(network, think).Continue([.. _probe.Select(question => _policy.Asked(question.Prompt))]);

        double Right(IReadOnlyList<IReadOnlyList<int>> texts) =>
            Share(i => _reward.IsRight(texts[i], _probe[i].Text, texts[i].Count == limit));

        double Share(Func<int, bool> holds) => Math.Round((double)Enumerable.Range(0, _probe.Length).Count(holds) / _probe.Length, 4);
    }
}
