using System.Text.Json.Nodes;
using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// A number of tokens, from one corpus after the other, at a rate that rises linearly and then sinks by a cosine to a tenth. Tokens are
/// positions of the batches, padding included.
/// </summary>
internal sealed class TokenCourse : ICourse<Decoder>
{
    /// <summary>Its <c>kind</c>.</summary>
    public const string Kind = "tokens";

    private readonly (double Until, BatchOrder Order)[] _phases;
    private readonly long[] _batches;
    private readonly AnswerAccuracy _accuracy;
    private readonly string[] _formats;
    private readonly long _budget, _every;
    private readonly double _warmup;
    private long _tokens, _nextReport;

    /// <summary>Reads a course.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    public TokenCourse(RunFile run, string corpora)
    {
        var map = run.Course;
        map.Allow("kind", "tokens", "warmup", "phases", "heldOut", "reportEvery", "evaluate", "problems", "limit");
        _budget = map.Whole("tokens", 1) ?? throw map.Wrong("tokens", "is missing; say how many tokens the run learns from.");
        _every = map.Whole("reportEvery", 1) ?? _budget;
        _nextReport = _every;
        _warmup = map.Number("warmup", 0, 1) ?? 0.02;
        _phases = [.. (map.Items("phases") ?? throw map.Wrong("phases", "is missing; list {until: SHARE, corpus: FILE}."))
            .Select(node => Phase(node, run, corpora))];
        if (_phases is not [.., { Until: >= 1 }])
            throw map.Wrong("phases", "the last one must have until: 1.");
        _batches = new long[_phases.Length];
        _formats = [.. map.Texts("evaluate") ?? []];
        _accuracy = new AnswerAccuracy(
            run.Words,
            run.Open(corpora, map.Required("heldOut")),
            map.Whole("problems", 1) ?? 180,
            map.Whole("limit", 1) ?? 120);
        _accuracy.Check(_formats, map);
    }

    /// <inheritdoc/>
    public bool IsDone => _tokens >= _budget;

    /// <inheritdoc/>
    public double Rate => RateAt(Share, _warmup);

    /// <inheritdoc/>
    public bool IsReportDue => _tokens >= _nextReport || IsDone;

    /// <inheritdoc/>
    public JsonObject Progress
    {
        get => new()
        {
            ["tokens"] = _tokens,
            ["nextReport"] = _nextReport,
            ["batches"] = new JsonArray([.. _batches.Select(static count => (JsonNode)count)]),
        };
        set
        {
            _tokens = value["tokens"]!.GetValue<long>();
            _nextReport = value["nextReport"]!.GetValue<long>();
            for (var phase = 0; phase < _batches.Length; phase++)
                _batches[phase] = value["batches"]![phase]!.GetValue<long>();
        }
    }

    private double Share => (double)_tokens / _budget;

    private int Current => Array.FindIndex(_phases, phase => Share < phase.Until);

    /// <inheritdoc/>
    public JsonObject Describe(Decoder network) => new() { ["resumed_at"] = _tokens };

    /// <inheritdoc/>
    public Batch Next() => _phases[Current].Order[_batches[Current]];

    /// <inheritdoc/>
    public void Advance(Batch batch)
    {
        _batches[Current]++;
        _tokens += batch.Positions;
    }

    /// <inheritdoc/>
    public JsonObject Report(Decoder network, double loss)
    {
        _nextReport += _every;
        var report = new JsonObject { ["tokens"] = _tokens, ["share"] = Math.Round(Share, 4), ["loss"] = Math.Round(loss, 4) };
        foreach (var format in _formats)
            _accuracy.Add(report, network, format);
        return report;
    }

    /// <summary>The share of the highest rate when a share of the run is behind it.</summary>
    internal static double RateAt(double done, double warmup) => done < warmup
        ? (done + 1e-4) / warmup
        : 0.1 + 0.45 * (1 + Math.Cos(Math.PI * Math.Min(1, (done - warmup) / (1 - warmup))));

    private static (double Until, BatchOrder Order) Phase(YamlNode node, RunFile run, string corpora)
    {
        if (node is not YamlMappingNode mapping)
            throw run.Course.WrongAt(node, "phases", "must be a list of {until: SHARE, corpus: FILE}.");
        var map = new YamlMap(mapping, run.Course.File, "phase");
        map.Allow("until", "corpus");
        var until = map.Number("until", 0, 1) ?? throw map.Wrong("until", "is missing; say the share of the run at which the phase ends.");
        return (until, new BatchOrder(run.Open(corpora, map.Required("corpus")), run.Batch, run.Seed));
    }
}
