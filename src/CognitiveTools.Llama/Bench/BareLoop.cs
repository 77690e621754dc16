using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Bench;

/// <summary>
/// The straight-line loop of llama.cpp's own simple and batched examples over the same library: forward prompts, then sample
/// and forward one token of every sequence after the other. No queue, no lanes, no text; what the engine is measured against.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private readonly NativeContext _context;
    private readonly BatchBuffer _batch;
    private readonly TokenSampler _sampler;
    private int[] _lengths = [];
    private int[] _rows = []; // index in the last batch of each sequence's output

    internal BareLoop(LlamaModel model, LlamaEngineOptions options)
    {
        _context = new NativeContext(model, options);
        _batch = new BatchBuffer(_context.BatchSize, _context.EmbeddingLength);
        _sampler = new TokenSampler(SamplingOptions.Greedy, model.Tokenizer);
    }

    /// <summary>Forwards one prompt per sequence in an empty context; all but the last token each, then the last ones together.</summary>
    internal void Prefill(params IReadOnlyList<int[]> prompts)
    {
        _context.Clear();
        _lengths = new int[prompts.Count];
        _rows = new int[prompts.Count];
        _batch.Clear(isEmbedding: false);
        for (var s = 0; s < prompts.Count; s++)
        {
            for (; _lengths[s] < prompts[s].Length - 1; _lengths[s]++)
            {
                if (_batch.RowCount == _batch.Capacity)
                    Decode();
                _batch.Add(prompts[s][_lengths[s]], _lengths[s], new SequenceId(s), output: false);
            }
        }

        if (_batch.RowCount + prompts.Count > _batch.Capacity)
            Decode();
        for (var s = 0; s < prompts.Count; s++)
            _rows[s] = _batch.Add(prompts[s][^1], _lengths[s]++, new SequenceId(s), output: true);
        Decode();
        NativeMethods.llama_synchronize(_context.Pointer);
    }

    /// <summary>Samples and forwards tokens of every sequence.</summary>
    internal void Generate(int count)
    {
        var tokens = new int[_rows.Length];
        for (var i = 0; i < count; i++)
        {
            for (var s = 0; s < tokens.Length; s++)
                tokens[s] = _sampler.Sample(_context.Pointer, _rows[s])!.Value.Value;
            for (var s = 0; s < tokens.Length; s++)
                _rows[s] = _batch.Add(tokens[s], _lengths[s]++, new SequenceId(s), output: true);
            Decode();
        }

        NativeMethods.llama_synchronize(_context.Pointer);
    }

    public void Dispose()
    {
        _sampler.Dispose();
        _batch.Dispose();
        _context.Dispose();
    }

    private void Decode()
    {
        var code = _context.Decode(_batch, hidden: false);
        if (code != 0)
            throw new InvalidOperationException($"llama.cpp could not decode (code {code}).{NativeLog.Errors} Lower the benchmark's prompt length or steps.");
        _batch.Clear(isEmbedding: false);
    }
}
