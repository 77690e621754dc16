using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// A number of tokens of questions that are answered at once, for networks that think in depth, at a rate that rises linearly and then
/// sinks by a cosine to a tenth. Reports say the accuracy of the answer at several depths, on the whole and by the problems' steps; the
/// last one also on all problems held out, and on all longer ones. Tokens are positions of the batches, padding included.
/// </summary>
/// <typeparam name="TNetwork">Kind of network.</typeparam>
internal sealed class DepthCourse<TNetwork> : ICourse<TNetwork>
    where TNetwork : INetwork
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "depths";

    private const int RowsAtOnce = 200;

    private readonly IDepthObjective<TNetwork> _objective;
    private readonly BatchOrder _order;
    private readonly TokenFile _heldOut, _longer;
    private readonly int _budget, _every, _problems;
    private readonly double _warmup;
    private long _tokens, _batches, _nextReport;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="objective">What is learned.</param>
    public DepthCourse(RunFile run, string corpora, IDepthObjective<TNetwork> objective)
    {
        _objective = objective;
        var map = run.Course;
        map.Allow("kind", "tokens", "warmup", "corpus", "heldOut", "longer", "reportEvery", "problems");
        _budget = map.Whole("tokens", 1) ?? throw map.Wrong("tokens", "is missing; say how many tokens the run learns from.");
        _nextReport = _every = map.Whole("reportEvery", 1) ?? _budget;
        _warmup = map.Number("warmup", 0, 1) ?? 0.02;
        _problems = map.Whole("problems", 1) ?? 400;
        _order = new BatchOrder(Open("corpus"), run.Batch, run.Seed);
        _heldOut = Open("heldOut");
        _longer = Open("longer");

        // The work is longer than what the network is given.
        TokenFile Open(string key) => run.Open(corpora, map.Required(key), (file, row) => objective.Rows.Read(file, row).Tokens.Length);
    }

    /// <inheritdoc/>
    public bool IsDone => _tokens >= _budget;

    /// <inheritdoc/>
    public double Rate => TokenCourse.RateAt((double)_tokens / _budget, _warmup);

    /// <inheritdoc/>
    public bool IsReportDue => _tokens >= _nextReport || IsDone;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new() { ["tokens"] = _tokens, ["batches"] = _batches, ["nextReport"] = _nextReport };
        set
        {
            _tokens = value["tokens"]!.GetValue<long>();
            _batches = value["batches"]!.GetValue<long>();
            _nextReport = value["nextReport"]!.GetValue<long>();
        }
    }

    /// <inheritdoc/>
    public JsonObject Describe(TNetwork network) => new() { ["resumed_at"] = _tokens };

    /// <inheritdoc/>
    public Batch Next()
    {
        var batch = _order[_batches];
        return batch with { Positions = _objective.Rows.Positions(batch.File, batch.Rows) };
    }

    /// <inheritdoc/>
    public void Advance(Batch batch) => (_tokens, _batches) = (_tokens + batch.Positions, _batches + 1);

    /// <inheritdoc/>
    public JsonObject Report(TNetwork network, double loss)
    {
        _nextReport += _every;
        var report = new JsonObject
        {
            ["tokens"] = _tokens,
            ["steps"] = _batches,
            ["loss"] = Math.Round(loss, 4),
            ["held_out"] = Accuracy(network, _heldOut, _problems),
        };
        if (IsDone)
        {
            report["final"] = new JsonObject
            {
                ["held_out"] = Accuracy(network, _heldOut, _heldOut.Count),
                ["longer"] = Accuracy(network, _longer, _longer.Count),
            };
        }

        return report;
    }

    private JsonObject Accuracy(TNetwork network, TokenFile file, int problems)
    {
        problems = Math.Min(problems, file.Count);
        var right = new Dictionary<string, bool[]>(StringComparer.Ordinal);
        var random = new SeededRandom(1);
        foreach (var rows in Enumerable.Range(0, problems).Chunk(RowsAtOnce))
        {
            using var scope = NewDisposeScope();
            using var frozen = inference_mode(true);
            var laid = new DirectBatch(_objective.Rows, file, rows, network.Device);
            foreach (var (depth, hidden) in _objective.Measure(network, laid.Ids, random))
            {
                if (!right.TryGetValue(depth, out var hits))
                    right[depth] = hits = new bool[problems];
                var said = laid.Said(network, hidden);
                for (var i = 0; i < rows.Length; i++)
                    hits[rows[i]] = said[i] == laid.Rows[i].Answer;
            }
        }

        var steps = Enumerable.Range(0, problems).GroupBy(file.Steps).OrderBy(static group => group.Key).ToArray();
        return new JsonObject(right.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)new JsonObject(
        [
            KeyValuePair.Create("all", (JsonNode?)Share(one.Value, Enumerable.Range(0, problems), 3)),
            .. steps.Select(group => KeyValuePair.Create($"{group.Key}", (JsonNode?)Share(one.Value, group, 2))),
        ]))));
    }

    private static double Share(bool[] right, IEnumerable<int> rows, int digits) =>
        Math.Round(rows.Average(row => right[row] ? 1.0 : 0), digits);
}
