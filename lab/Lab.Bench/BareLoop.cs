using System.Diagnostics;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Lab.Bench;

/// <summary>
/// The straight-line loop of llama.cpp's own simple and batched examples over the same library: forward a prompt, let
/// sequences share it, then sample and forward one token (or feed back one hidden state) of every sequence after the other.
/// No queue, no text; what the engine is measured against.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private static readonly SequenceId Root = new(0);

    private readonly NativeContext _context;
    private readonly BatchBuffer _batch;
    private readonly TokenSampler _sampler;
    private float[] _hidden = [];
    private int _length;

    internal BareLoop(LlamaModel model, LlamaEngineOptions options)
    {
        _context = new NativeContext(model, options);
        _batch = new BatchBuffer(_context.BatchSize, _context.InputLength);
        _sampler = new TokenSampler(
            EffectiveSampling.Of(SamplingOptions.Greedy, ModelSampling.None), constraint: null, model.Tokenizer);
    }

    /// <summary>Forwards a prompt in an empty context, its last token with logits and hidden state.</summary>
    /// <returns>Seconds.</returns>
    internal double Prefill(ReadOnlySpan<int> prompt)
    {
        _context.Clear();
        var start = Stopwatch.GetTimestamp();
        for (_length = 0; _length < prompt.Length - 1; _length++)
        {
            if (_batch.RowCount == _batch.Capacity)
                Decode(hidden: false);
            _batch.Add(prompt[_length], _length, Root, output: false);
        }

        if (_batch.RowCount > 0)
            Decode(hidden: false);
        _batch.Add(prompt[_length], _length++, Root, output: true);
        Decode(hidden: true);
        _hidden = _context.Hidden(0).ToArray();
        return Ended(start);
    }

    /// <summary>Lets sequences share the prompt, forwards a token of its own in each, then samples and forwards.</summary>
    /// <returns>Seconds of the sampling and forwarding.</returns>
    internal double Generate(ReadOnlySpan<int> own, int steps)
    {
        Share(own.Length);
        for (var s = 0; s < own.Length; s++)
            _batch.Add(own[s], _length, new SequenceId(s + 1), output: true);
        Decode(hidden: false);
        NativeMethods.llama_synchronize(_context.Pointer);

        Span<int> tokens = stackalloc int[own.Length];
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; i <= steps; i++)
        {
            for (var s = 0; s < tokens.Length; s++)
                tokens[s] = _sampler.Sample(_context.Pointer, s)!.Value.Value;
            for (var s = 0; s < tokens.Length; s++)
                _batch.Add(tokens[s], _length + i, new SequenceId(s + 1), output: true);
            Decode(hidden: false);
        }

        NativeMethods.llama_synchronize(_context.Pointer);
        return Ended(start);
    }

    /// <summary>Lets trajectories share the prompt and feeds each its own hidden states.</summary>
    /// <returns>Seconds.</returns>
    internal double Think(int width, int steps)
    {
        Share(width);
        var states = new float[width][];
        Array.Fill(states, _hidden);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            _batch.Clear(isEmbedding: true);
            for (var s = 0; s < width; s++)
                _batch.Add(states[s], _length + i, new SequenceId(s + 1), output: true);
            Decode(hidden: true);
            for (var s = 0; s < width; s++)
                states[s] = _context.Hidden(s).ToArray();
        }

        return Ended(start);
    }

    public void Dispose()
    {
        _sampler.Dispose();
        _batch.Dispose();
        _context.Dispose();
    }

    // Its calls come from any thread of the pool, and each would keep a team.
    private static double Ended(long start)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        OpenMpRuntime.ReleaseTeam();
        return seconds;
    }

    private void Share(int count)
    {
        for (var s = 1; s <= count; s++)
        {
            _context.Truncate(new SequenceId(s), 0);
            _context.Share(Root, new SequenceId(s), _length);
        }
    }

    private void Decode(bool hidden)
    {
        var code = _context.Decode(_batch, hidden);
        if (code != 0)
            throw new InvalidOperationException(
                $"llama.cpp could not decode (code {code}).{NativeLog.Errors} Lower the benchmark's prompt length or steps.");
        _batch.Clear(isEmbedding: false);
    }
}
