using System.Diagnostics;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Bench;

/// <summary>
/// Measures the engine against a bare loop over the same library: same model, same threads, one process, the two taking
/// turns, a fresh prompt each time so that no prefix is reused. Every token is sampled greedily and forwarded in both.
/// </summary>
public static class EngineBenchmark
{
    private const string BarePrefill = "bare loop, prefill", EnginePrefill = "engine, prefill",
        BareDecode = "bare loop, one sequence", EngineDecode = "engine, one sequence",
        Tokens = "tokens/s", Milliseconds = "ms";

    /// <summary>Runs the benchmark. The model should be idle otherwise.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="progress">Told the number of repetitions finished.</param>
    /// <param name="cancellationToken">Cancels between measurements.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the sequences do not fit the model's context.</exception>
    public static async Task<BenchmarkReport> RunAsync(LlamaModel model, BenchmarkOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        Check(model, options);
        // Both contexts are set up alike, so that the difference measured is the engine's own work.
        var length = Math.Max(options.PromptLength + options.Steps + 1, 16); // the shortest context there is
        var setup = new LlamaEngineOptions { Threads = options.Threads, ContextLength = length, CacheLength = length * options.Concurrent, MaxSequences = options.Concurrent, IdlePrefixes = 0 };
        await using var engine = new LlamaEngine(model, setup);
        using var bare = new BareLoop(model, setup);
        var (many, bareMany) = ($"engine, {options.Concurrent} sequences", $"bare loop, {options.Concurrent} sequences");
        var samples = new Dictionary<string, (string Unit, List<double> Values)>(StringComparer.Ordinal);

        for (var repetition = -1; repetition < options.Repetitions; repetition++) // the first one warms up
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (repetition % 2 == 0)
                MeasureBare(repetition);
            await MeasureOneAsync(repetition).ConfigureAwait(false);
            await MeasureManyAsync(repetition).ConfigureAwait(false);
            if (repetition % 2 != 0)
                MeasureBare(repetition);
            await MeasureLatentAsync(repetition).ConfigureAwait(false);
            progress?.Report(repetition + 1);
        }

        return new(model.Path, engine.Threads, options, [.. samples.Select(static s => new BenchmarkFigure(s.Key, s.Value.Unit, s.Value.Values))],
        [
            Ratio("prefill, engine / bare loop", EnginePrefill, BarePrefill, 0.95),
            Ratio("one sequence, engine / bare loop", EngineDecode, BareDecode, 0.95),
            Ratio($"{options.Concurrent} sequences, engine / bare loop", many, bareMany, 0.95),
            Ratio($"engine, {options.Concurrent} sequences / one", many, EngineDecode, 2),
            Ratio($"bare loop, {options.Concurrent} sequences / one", bareMany, BareDecode, null),
            Ratio("token step / latent step", "engine, token step", "engine, latent step", null),
        ]);

        void MeasureBare(int repetition)
        {
            var prompt = Prompt(model, options.PromptLength, 1000 + repetition);
            var start = Stopwatch.GetTimestamp();
            bare.Prefill(prompt);
            Add(repetition, BarePrefill, Tokens, options.PromptLength / Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            bare.Generate(options.Steps);
            Add(repetition, BareDecode, Tokens, options.Steps / Stopwatch.GetElapsedTime(start).TotalSeconds);

            bare.Prefill([.. Enumerable.Range(0, options.Concurrent).Select(i => Prompt(model, options.PromptLength, (repetition * 100) + i))]);
            start = Stopwatch.GetTimestamp();
            bare.Generate(options.Steps);
            Add(repetition, bareMany, Tokens, options.Concurrent * options.Steps / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        async Task MeasureOneAsync(int repetition)
        {
            using var sequence = engine.Begin();
            var start = Stopwatch.GetTimestamp();
            await sequence.AppendAsync(Prompt(model, options.PromptLength, 1000 + repetition), cancellationToken).ConfigureAwait(false);
            Add(repetition, EnginePrefill, Tokens, options.PromptLength / Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            await sequence.ContinueAsync(Fixed(options), cancellationToken).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Add(repetition, EngineDecode, Tokens, options.Steps / seconds);
            Add(repetition, "engine, token step", Milliseconds, seconds * 1000 / options.Steps);
        }

        async Task MeasureManyAsync(int repetition)
        {
            var sequences = Enumerable.Range(0, options.Concurrent).Select(_ => engine.Begin()).ToArray();
            try
            {
                await Task.WhenAll(sequences.Select((s, i) => s.AppendAsync(Prompt(model, options.PromptLength, (repetition * 100) + i), cancellationToken))).ConfigureAwait(false);
                var start = Stopwatch.GetTimestamp();
                await Task.WhenAll(sequences.Select(s => s.ContinueAsync(Fixed(options), cancellationToken))).ConfigureAwait(false);
                Add(repetition, many, Tokens, options.Concurrent * options.Steps / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            finally
            {
                foreach (var sequence in sequences)
                    sequence.Dispose();
            }
        }

        async Task MeasureLatentAsync(int repetition)
        {
            if (model.HiddenLength != model.EmbeddingLength || !model.HasOnePositionPerRow)
                return;
            using var sequence = engine.Begin();
            var prediction = await sequence.AppendAsync(Prompt(model, options.PromptLength, 2000 + repetition), cancellationToken).ConfigureAwait(false);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < options.Steps; i++)
                prediction = await sequence.AppendAsync(prediction.Hidden, cancellationToken).ConfigureAwait(false);
            Add(repetition, "engine, latent step", Milliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds / options.Steps);
        }

        void Add(int repetition, string name, string unit, double value)
        {
            if (repetition < 0)
                return;
            if (!samples.TryGetValue(name, out var figure))
                samples.Add(name, figure = (unit, []));
            figure.Values.Add(value);
        }

        BenchmarkRatio Ratio(string name, string numerator, string denominator, double? target)
        {
            var value = samples.TryGetValue(denominator, out var below)
                ? new BenchmarkFigure(name, "", [.. samples[numerator].Values.Zip(below.Values, static (a, b) => a / b)]).Median
                : double.NaN;
            return new(name, value, target);
        }
    }

    private static GenerationOptions Fixed(BenchmarkOptions options) => new() { MaxTokens = options.Steps, IgnoresEndOfTurn = true };

    private static int[] Prompt(LlamaModel model, int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(model.Tokenizer.Count / 2, model.Tokenizer.Count))];
    }

    private static void Check(LlamaModel model, BenchmarkOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Repetitions, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PromptLength, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrent, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.PromptLength + options.Steps, model.TrainedContextLength, nameof(options));
    }
}
