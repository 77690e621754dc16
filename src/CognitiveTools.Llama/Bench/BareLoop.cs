using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Bench;

/// <summary>
/// The straight-line loop of llama.cpp's own simple example over the same library: forward a prompt, then sample and
/// forward one token after the other. No queue, no lanes, no text; what the engine is measured against.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private static readonly SequenceId Only = new(0);

    private readonly NativeContext _context;
    private readonly BatchBuffer _batch;
    private readonly TokenSampler _sampler;
    private int _length;

    internal BareLoop(LlamaModel model, LlamaEngineOptions options)
    {
        _context = new NativeContext(model, options);
        _batch = new BatchBuffer(_context.BatchSize, _context.EmbeddingLength);
        _sampler = new TokenSampler(SamplingOptions.Greedy, model.Tokenizer);
    }

    /// <summary>Forwards a prompt in an empty context.</summary>
    internal void Prefill(ReadOnlySpan<int> prompt)
    {
        _context.Clear();
        _length = 0;
        while (_length < prompt.Length)
        {
            var end = Math.Min(prompt.Length, _length + _batch.Capacity);
            _batch.Clear(isEmbedding: false);
            for (var i = _length; i < end; i++)
                _batch.Add(prompt[i], i, Only, output: i == prompt.Length - 1);
            Decode();
            _length = end;
        }

        NativeMethods.llama_synchronize(_context.Pointer);
    }

    /// <summary>Samples and forwards tokens.</summary>
    internal void Generate(int count)
    {
        var row = _batch.RowCount - 1;
        for (var i = 0; i < count; i++)
        {
            var token = _sampler.Sample(_context.Pointer, row)!.Value;
            _batch.Clear(isEmbedding: false);
            row = _batch.Add(token.Value, _length++, Only, output: true);
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
    }
}
