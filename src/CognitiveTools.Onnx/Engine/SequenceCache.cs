using CognitiveTools.Depth;
using CognitiveTools.Latents;
using CognitiveTools.Onnx.Models;

namespace CognitiveTools.Onnx.Engine;

/// <summary>The keys and values of one sequence, and the forward pass over new rows after them.</summary>
internal sealed class SequenceCache
{
    private readonly RecurrentManifest _manifest;
    private readonly CacheRows _prelude, _coda;
    private readonly StepCaches _core;

    public SequenceCache(RecurrentGraphs graphs, RecurrentManifest manifest)
        : this(
            manifest,
            new CacheRows(graphs.CacheRow(manifest.PreludeBlocks)),
            new StepCaches(graphs.CacheRow(manifest.CoreBlocks)),
            new CacheRows(graphs.CacheRow(manifest.CodaBlocks)))
    {
    }

    private SequenceCache(RecurrentManifest manifest, CacheRows prelude, StepCaches core, CacheRows coda) =>
        (_manifest, _prelude, _core, _coda) = (manifest, prelude, core, coda);

    /// <summary>Positions held.</summary>
    public int Length => _prelude.Count;

    public SequenceCache Share() => new(_manifest, _prelude.Share(), _core.Share(), _coda.Share());

    /// <summary>Forwards rows without storing them.</summary>
    /// <param name="graphs">The model.</param>
    /// <param name="rows">Input rows.</param>
    /// <param name="depth">How often the core is applied.</param>
    /// <param name="seed">Seed of the state before the first application.</param>
    /// <param name="cancellationToken">Cancels between applications.</param>
    public ForwardResult Forward(
        RecurrentGraphs graphs, Memory<float> rows, DepthPolicy depth, int seed, CancellationToken cancellationToken)
    {
        var positions = new long[rows.Length / _manifest.Width];
        for (var i = 0; i < positions.Length; i++)
            positions[i] = Length + i;
        var (e, prelude) = graphs.Prelude(rows, positions, _prelude);
        var state = new float[rows.Length];
        InitialState.Fill(state, _manifest.Width, Length, _manifest.Sigma, seed);
        var core = new List<float[]>();
        float[]? before = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (state, var added) = graphs.Core(state, e, positions, _core.At(core.Count));
            core.Add(added);
            if (depth is not DivergenceExit exit)
            {
                if (core.Count < depth.Most)
                    continue;
                return Read(out _);
            }

            var result = Read(out var logits);
            if (core.Count == exit.Most
                || (before is not null && core.Count >= exit.Least && KullbackLeibler.Between(logits, before) < exit.Threshold))
                return result;
            before = logits;
        }

        ForwardResult Read(out float[] logits)
        {
            (var hidden, logits, var coda) = graphs.Coda(state, positions, _coda);
            return new ForwardResult(new Prediction(hidden, logits), prelude, core, coda);
        }
    }

    /// <summary>Stores the rows of a result.</summary>
    public void Append(ForwardResult result)
    {
        _prelude.Append(result.Prelude);
        _core.Append(result.Core);
        _coda.Append(result.Coda);
    }

    public void Truncate(int length)
    {
        _prelude.Truncate(length);
        _core.Truncate(length);
        _coda.Truncate(length);
    }
}
