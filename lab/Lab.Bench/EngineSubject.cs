using System.Diagnostics;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Latents;

namespace CognitiveTools.Lab.Bench;

/// <summary>The engine doing what <see cref="BareLoop"/> does, through its public calls.</summary>
internal sealed class EngineSubject(LlamaEngine engine) : IDisposable
{
    /// <summary>A context for a measurement: engine, bare loop and peers are set up alike.</summary>
    internal static LlamaEngineOptions Options(int? threads, int length, int lanes, bool plainAttention = false) => new()
    {
        Threads = threads,
        PlainAttention = plainAttention,
        ContextLength = length,
        CacheLength = length * lanes,
        MaxSequences = lanes,
        IdlePrefixes = 0,
    };

    private EngineSequence? _root;
    private Prediction _last;

    /// <summary>Forwards a prompt in a new sequence.</summary>
    /// <returns>Seconds.</returns>
    internal async Task<double> PrefillAsync(int[] prompt, CancellationToken cancellationToken)
    {
        _root?.Dispose();
        _root = engine.Begin();
        var start = Stopwatch.GetTimestamp();
        _last = await _root.AppendAsync(prompt, cancellationToken).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Forks the prompt, appends a token of its own to each fork, then generates.</summary>
    /// <returns>Seconds of the generation.</returns>
    internal Task<double> GenerateAsync(int[] own, int steps, CancellationToken cancellationToken) =>
        WithForksAsync(own.Length, async forks =>
    {
        var appends = forks.Select((fork, i) => fork.AppendAsync(own.AsMemory(i, 1), cancellationToken).AsTask());
        await Task.WhenAll(appends).ConfigureAwait(false);
        var options = new GenerationOptions { MaxTokens = steps, IgnoresEndOfTurn = true };
        var start = Stopwatch.GetTimestamp();
        var generations = await Task.WhenAll(forks.Select(fork => fork.ContinueAsync(options, cancellationToken))).ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return generations.FirstOrDefault(generation => generation.Tokens.Count != steps) is { } cut
            ? throw new InvalidOperationException(
                $"The engine generated {cut.Tokens.Count} of {steps} tokens ({cut.End}). Lower the benchmark's prompt length or steps.")
            : seconds;
    });

    /// <summary>Forks the prompt and feeds each fork its own hidden states; several trajectories step as a group.</summary>
    /// <returns>Seconds.</returns>
    internal Task<double> ThinkAsync(int width, int steps, CancellationToken cancellationToken) => WithForksAsync(width, async forks =>
    {
        var states = new ReadOnlyMemory<float>[width];
        Array.Fill(states, _last.Hidden);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            if (width == 1)
            {
                states[0] = (await forks[0].AppendAsync(states[0], cancellationToken).ConfigureAwait(false)).Hidden;
                continue;
            }

            var group = forks.Zip(states, (fork, state) => SequenceStep.Append(fork, state, cancellationToken)).ToArray();
            var outcomes = await GroupStep.RunAsync(engine, group).ConfigureAwait(false);
            for (var j = 0; j < width; j++)
                states[j] = outcomes[j].Prediction.Hidden;
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    });

    public void Dispose() => _root?.Dispose();

    private async Task<double> WithForksAsync(int count, Func<EngineSequence[], Task<double>> measure)
    {
        var root = _root ?? throw new InvalidOperationException("Prefill first.");
        EngineSequence[] forks = [.. Enumerable.Range(0, count).Select(_ => root.Fork())];
        try
        {
            return await measure(forks).ConfigureAwait(false);
        }
        finally
        {
            foreach (var fork in forks)
                fork.Dispose();
        }
    }
}
