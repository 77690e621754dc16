using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Bench;

/// <summary>
/// Measures the engine against a bare loop over the same library: same model, same threads, one process, the two taking
/// turns, a fresh prompt each time. Every token is sampled greedily and forwarded in both. Peers, if given, take their
/// turns in processes of their own.
/// </summary>
internal static class EngineBenchmark
{
    private const string Milliseconds = "ms", Positions = "positions";
    private const string InTurn = "four tool calls on one question, in turn";
    private const string AtOnce = "four tool calls on one question, at once";
    private const string Separate = "four separate calls";
    private const int ToolCalls = 4;
    private const double Even = 0.95, Alone = 0.98; // of the bare loop

    /// <summary>Runs the benchmark. The model should be idle otherwise.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="peers">Other programs to measure; not disposed here.</param>
    /// <param name="progress">Told the number of repetitions finished.</param>
    /// <param name="cancellationToken">Cancels between measurements.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the sequences do not fit the model's context.</exception>
    public static async Task<BenchmarkReport> RunAsync(
        LlamaModel model, BenchmarkOptions? options = null, IReadOnlyList<IDecodePeer>? peers = null,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        Check(model, options);
        // Both contexts are set up alike, so that the difference measured is the engine's own work.
        var setup = EngineSubject.Options(options.Threads, options.Length, options.Lanes, options.PlainAttention);
        await using var engine = new LlamaEngine(model, setup);
        using var subject = new EngineSubject(engine);
        var memory = await MeasureMemoryAsync(model, engine, subject, options, cancellationToken).ConfigureAwait(false);
        using var bare = new BareLoop(model, setup);
        await using var sharing = new ToolCallSubject(model, options, reuse: true);
        await using var separate = new ToolCallSubject(model, options, reuse: false);
        var samples = new BenchmarkSamples();
        var others = new BenchmarkPeers(model, options, samples);
        await others.StartAsync(peers ?? [], engine.Threads, cancellationToken).ConfigureAwait(false);
        for (var repetition = 0; repetition <= options.Repetitions; repetition++)
        {
            samples.IsWarm = repetition > 0;
            var turns = Turns(repetition);
            for (var i = 0; i < turns.Count; i++)
            {
                // Who goes first changes, so that neither always finds the caches as the other left them.
                foreach (var turn in repetition % 2 == 0 ? turns[i] : turns[i].Reverse())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await turn().ConfigureAwait(false);
                }
            }

            progress?.Report(repetition);
        }

        return new(model.Path, NativeRuntime.Build.Name, engine.Threads, options, memory, others.Notes, samples.Figures,
            Ratios(samples, options, others.Running));

        List<Func<Task>[]> Turns(int repetition)
        {
            var prompt = Prompt(model, options.PromptLength, repetition);
            var turns = new List<Func<Task>[]>
            {
                new[]
                {
                    Sync(() => samples.AddRate("bare loop, prefill", prompt.Length, bare.Prefill(prompt))),
                    async () =>
                    {
                        var seconds = await subject.PrefillAsync(prompt, cancellationToken).ConfigureAwait(false);
                        samples.AddRate("engine, prefill", prompt.Length, seconds);
                    },
                },
            };
            foreach (var count in options.Sequences)
                turns.Add(Decodes(count, prompt));
            if (CanThink(model))
                turns.AddRange(Widths(options).Select(Thoughts));
            turns.Add(Calls(repetition, prompt));
            return turns;
        }

        Func<Task>[] Decodes(int count, int[] prompt)
        {
            var own = prompt.Length >= count ? prompt[..count] : Prompt(model, count, seed: 1);
            var turns = new List<Func<Task>>
            {
                Sync(() => samples.AddRate($"bare loop, decode {count}", count * options.Steps, bare.Generate(own, options.Steps))),
                async () =>
                {
                    var seconds = await subject.GenerateAsync(own, options.Steps, cancellationToken).ConfigureAwait(false);
                    samples.AddRate($"engine, decode {count}", count * options.Steps, seconds);
                    if (count == 1)
                        samples.Add("engine, token step", Milliseconds, seconds * 1000 / options.Steps);
                },
            };
            turns.AddRange(others.Running.Where(peer => peer.Measures(count))
                .Select(peer => (Func<Task>)(() => others.DecodeAsync(peer, count, cancellationToken))));
            return [.. turns];
        }

        Func<Task>[] Thoughts(int width) =>
        [
            Sync(() => samples.Add(Latent("bare loop", width), Milliseconds, bare.Think(width, options.Steps) * 1000 / options.Steps)),
            async () =>
            {
                var seconds = await subject.ThinkAsync(width, options.Steps, cancellationToken).ConfigureAwait(false);
                samples.Add(Latent("engine", width), Milliseconds, seconds * 1000 / options.Steps);
            },
        ];

        Func<Task>[] Calls(int repetition, int[] question)
        {
            int[][] tools =
                [.. Enumerable.Range(0, ToolCalls).Select(i => Prompt(model, options.ToolLength, (100 * (repetition + 1)) + i))];
            for (var i = 0; i < ToolCalls; i++)
                tools[i][0] = model.Tokenizer.Count - 1 - i; // they part where the question ends
            int[] other = Prompt(model, options.PromptLength, seed: -(repetition + 1)); // not in the cache yet
            return [Of(sharing, InTurn, question), Of(sharing, AtOnce, other, atOnce: true), Of(separate, Separate, question)];

            Func<Task> Of(ToolCallSubject calls, string name, int[] asked, bool atOnce = false) => async () =>
            {
                var (seconds, positions) = await calls.RunAsync(asked, tools, atOnce, cancellationToken).ConfigureAwait(false);
                samples.Add(name, Milliseconds, seconds * 1000);
                samples.Add($"{name}, forwarded", Positions, positions);
            };
        }
    }

    private static Func<Task> Sync(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static async Task<BenchmarkMemory> MeasureMemoryAsync(
        LlamaModel model, LlamaEngine engine, EngineSubject subject, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await subject.PrefillAsync(Prompt(model, options.PromptLength, seed: -1), cancellationToken).ConfigureAwait(false);
        await subject.GenerateAsync(Prompt(model, options.Sequences.Max(), seed: -2), options.Steps, cancellationToken)
            .ConfigureAwait(false);
        if (CanThink(model))
            await subject.ThinkAsync(options.LatentWidth, options.Steps, cancellationToken).ConfigureAwait(false);
        return BenchmarkMemory.Measure(model, engine.CacheLength);
    }

    private static double Least(int sequences) => sequences == 1 ? Alone : Even;

    private static List<BenchmarkRatio> Ratios(BenchmarkSamples samples, BenchmarkOptions options, List<IDecodePeer> peers)
    {
        const double CallsAtOnce = 1 / 0.6;
        var ratios = new List<BenchmarkRatio>
        {
            samples.Ratio("prefill, engine / bare loop", "engine, prefill", "bare loop, prefill", Even),
        };
        foreach (var count in options.Sequences)
            ratios.Add(Decode(count, "engine", "bare loop", Least(count)));
        if (options.Sequences.Contains(1))
        {
            foreach (var count in options.Sequences.Where(static count => count > 1))
                ratios.Add(samples.Ratio($"engine, decode {count} / decode 1", $"engine, decode {count}", "engine, decode 1"));
        }

        if (samples.Has(Latent("engine", 1)))
        {
            foreach (var width in Widths(options))
                ratios.Add(samples.Ratio(
                    $"latent step, width {width}, bare loop / engine", Latent("bare loop", width), Latent("engine", width), Even));
            if (options.LatentWidth > 1)
            {
                // No target: a step of many rows costs what the library takes for them, which the second ratio says.
                var wide = options.LatentWidth;
                foreach (var who in new[] { "engine", "bare loop" })
                    ratios.Add(samples.Ratio($"{who}, latent step, one trajectory / width {wide}", Latent(who, 1), Latent(who, wide)));
            }

            if (samples.Has("engine, token step"))
                ratios.Add(samples.Ratio("engine, token step / latent step", "engine, token step", Latent("engine", 1), Even));
        }

        ratios.Add(samples.Ratio("four tool calls in turn, separate / on one question", Separate, InTurn));
        ratios.Add(samples.Ratio("four tool calls at once, separate / on one question", Separate, AtOnce, CallsAtOnce));
        var once = options.PromptLength + (ToolCalls * options.ToolLength);
        foreach (var name in new[] { InTurn, AtOnce })
            ratios.Add(new(
                $"{name}, (question once + the rest) / forwarded",
                once / samples.Figures.Single(f => f.Name == $"{name}, forwarded").Median, 1));
        foreach (var peer in peers)
        {
            foreach (var count in options.Sequences.Where(peer.Measures))
            {
                ratios.Add(Decode(count, "engine", peer.Name, peer.TargetOf(count)));
                ratios.Add(Decode(count, peer.Name, "bare loop"));
                if (peer.Bound is { } bound && peers.Contains(bound))
                    ratios.Add(Decode(count, peer.Name, bound.Name, Least(count)));
            }
        }

        return ratios;

        BenchmarkRatio Decode(int count, string who, string other, double? target = null) =>
            samples.Ratio($"decode {count}, {who} / {other}", $"{who}, decode {count}", $"{other}, decode {count}", target);
    }

    private static IEnumerable<int> Widths(BenchmarkOptions options) => new[] { 1, options.LatentWidth }.Distinct();

    private static string Latent(string who, int width) => $"{who}, latent step, width {width}";

    internal static bool CanThink(LlamaModel model) => model.HiddenLength == model.EmbeddingLength;

    /// <summary>Drawn tokens of the upper half of the vocabulary.</summary>
    internal static int[] Prompt(LlamaModel model, int length, int seed)
    {
        var random = SeededRandom.Of(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(model.Tokenizer.Count / 2, model.Tokenizer.Count))];
    }

    private static void Check(LlamaModel model, BenchmarkOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Repetitions, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PromptLength, 4, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LatentWidth, 1, nameof(options));
        if (options.Sequences.Count == 0)
            throw new ArgumentException("There is no number of sequences. Give at least one.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Sequences.Min(), 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            Math.Max(options.Sequences.Max(), options.LatentWidth), BenchmarkOptions.MostSequences, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Length, model.TrainedContextLength, nameof(options));
    }
}
