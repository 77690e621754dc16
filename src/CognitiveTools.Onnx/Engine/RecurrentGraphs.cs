using CognitiveTools.Onnx.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CognitiveTools.Onnx.Engine;

/// <summary>
/// Prelude, core and coda of one model. Natives are freed when the model is disposed and no call runs them.
/// Thread-safe.
/// </summary>
internal sealed class RecurrentGraphs : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RunOptions _run = new();
    private readonly RecurrentManifest _manifest;
    private readonly Memory<float> _embeddings;
    private readonly Graph _prelude, _core, _coda;
    private int _running;
    private bool _closed;

    public RecurrentGraphs(ModelFolder folder, Memory<float> embeddings, SessionOptions options)
    {
        (_manifest, _embeddings) = (folder.Manifest, embeddings);
        Port Rows(string name) => new(name, [-1, _manifest.Width]);
        var positions = new Port("positions", [-1], TensorElementType.Int64);
        Port Cache(string name, int blocks) => new(name, [-1, blocks, 2, _manifest.Heads, _manifest.Width / _manifest.Heads]);
        string At(ManifestFile named) => Path.Combine(Path.GetDirectoryName(folder.Path)!, named.File);
        var built = new List<Graph>(3);
        try
        {
            built.Add(_prelude = new Graph(At(_manifest.Prelude), folder.Prelude, options,
                [Rows("rows"), positions, Cache("past", _manifest.PreludeBlocks)],
                [Rows("e"), Cache("new", _manifest.PreludeBlocks)]));
            built.Add(_core = new Graph(At(_manifest.Core), folder.Core, options,
                [Rows("state"), Rows("e"), positions, Cache("past", _manifest.CoreBlocks)],
                [Rows("next"), Cache("new", _manifest.CoreBlocks)]));
            built.Add(_coda = new Graph(At(_manifest.Coda), folder.Coda, options,
                [
                    Rows("state"), positions, Cache("past", _manifest.CodaBlocks),
                    new("embeddings", [_manifest.VocabularySize, _manifest.Width]),
                ],
                [Rows("hidden"), new("logits", [-1, _manifest.VocabularySize]), Cache("new", _manifest.CodaBlocks)]));
        }
        catch
        {
            built.ForEach(graph => graph.Dispose());
            _run.Dispose();
            throw;
        }
    }

    /// <summary>Floats of a cached row, for a number of blocks.</summary>
    public int CacheRow(int blocks) => blocks * 2 * _manifest.Width;

    /// <summary>Keeps the natives alive until disposed.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public IDisposable Lease()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _running++;
            return new RunLease(this);
        }
    }

    /// <summary>Maps input rows to e, the input of every core application.</summary>
    public (float[] E, float[] New) Prelude(Memory<float> rows, long[] positions, CacheRows past)
    {
        using var inputs = new InputTensors();
        using var outputs = _prelude.Run(
            _run, inputs.Rows(rows, _manifest.Width), inputs.Positions(positions),
            inputs.Cache(past, Shape(past, _manifest.PreludeBlocks)));
        return (Copy(outputs[0]), Copy(outputs[1]));
    }

    /// <summary>One application of the core.</summary>
    public (float[] State, float[] New) Core(Memory<float> state, Memory<float> e, long[] positions, CacheRows past)
    {
        using var inputs = new InputTensors();
        using var outputs = _core.Run(
            _run, inputs.Rows(state, _manifest.Width), inputs.Rows(e, _manifest.Width), inputs.Positions(positions),
            inputs.Cache(past, Shape(past, _manifest.CoreBlocks)));
        return (Copy(outputs[0]), Copy(outputs[1]));
    }

    /// <summary>The last row's hidden state and logits, and the keys and values of all rows.</summary>
    public (float[] Hidden, float[] Logits, float[] New) Coda(Memory<float> state, long[] positions, CacheRows past)
    {
        using var inputs = new InputTensors();
        using var outputs = _coda.Run(
            _run, inputs.Rows(state, _manifest.Width), inputs.Positions(positions), inputs.Cache(past, Shape(past, _manifest.CodaBlocks)),
            inputs.Rows(_embeddings, _manifest.Width));
        return (Last(outputs[0], _manifest.Width), Last(outputs[1], _manifest.VocabularySize), Copy(outputs[2]));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            if (_running > 0)
                return;
        }

        Free();
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_running > 0 || !_closed)
                return;
        }

        Free();
    }

    private void Free()
    {
        _prelude.Dispose();
        _core.Dispose();
        _coda.Dispose();
        _run.Dispose();
    }

    private long[] Shape(CacheRows past, int blocks) => [past.Count, blocks, 2, _manifest.Heads, _manifest.Width / _manifest.Heads];

    private static float[] Copy(OrtValue value) => value.GetTensorDataAsSpan<float>().ToArray();

    private static float[] Last(OrtValue value, int length) => value.GetTensorDataAsSpan<float>()[^length..].ToArray();

    private sealed class RunLease(RecurrentGraphs graphs) : IDisposable
    {
        private RecurrentGraphs? _graphs = graphs;

        public void Dispose() => Interlocked.Exchange(ref _graphs, null)?.Leave();
    }
}
