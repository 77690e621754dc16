using System.Diagnostics;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Bench.Traffic;

/// <summary>
/// Many callers with long and short requests on one engine with its default lanes and cache, fewer than the callers want:
/// how long each waits for its turns.
/// </summary>
internal static class EngineTraffic
{
    private const int LongPrompt = 160, ShortPrompt = 16, LongAnswer = 32, ShortAnswer = 8; // positions at most

    /// <summary>Runs the traffic.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="progress">Told the number of requests answered, every thousand.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static async Task<TrafficReport> RunAsync(
        LlamaModel model, TrafficOptions options, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        const int Notice = 1000;
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Callers, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Duration, TimeSpan.Zero, nameof(options));
        var length = Math.Min(LongPrompt + LongAnswer + 1, model.TrainedContextLength);
        await using var engine = new LlamaEngine(model, new() { Threads = options.Threads, ContextLength = length });
        long answered = 0;
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(
            Enumerable.Range(0, options.Callers).Select(caller => Task.Run(() => CallAsync(caller), cancellationToken)))
            .ConfigureAwait(false);
        return new(model.Path, engine.Threads, options, Stopwatch.GetElapsedTime(start), engine.Counters.Decodes, engine.Counters.Forwarded,
            all);

        async Task<CallerWaits> CallAsync(int caller)
        {
            var random = SeededRandom.Of(Seeds.Derive(options.Callers, caller));
            var (prompt, answer) = caller % 2 == 0 ? (LongPrompt, LongAnswer) : (ShortPrompt, ShortAnswer);
            var waits = new CallerWaits(caller, 0, 0, 0);
            while (Stopwatch.GetElapsedTime(start) < options.Duration || waits.Requests == 0)
            {
                var tokens = EngineBenchmark.Prompt(model, random.Next(prompt / 2, prompt + 1), random.Next());
                var result = await engine.GenerateAsync(
                    tokens, new() { MaxTokens = random.Next(1, answer + 1), IgnoresEndOfTurn = true }, cancellationToken)
                    .ConfigureAwait(false);
                waits = waits with
                {
                    Requests = waits.Requests + 1,
                    Waited = waits.Waited + result.Waited,
                    Longest = Math.Max(waits.Longest, result.Waited),
                };
                if (Interlocked.Increment(ref answered) is var count && count % Notice == 0)
                    progress?.Report(count);
            }

            return waits;
        }
    }
}
