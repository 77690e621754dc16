using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>
/// Measures whether the engine's ways to get to a position give what separate runs give: for each ability, the largest difference of any
/// logit from a run in a new engine that forwards the same inputs once.
/// </summary>
internal sealed class AbilityMatrix
{
    private const int Context = 512, Longest = 150, Tail = 40, SmallBatch = 32, Parallel = 4;

    private readonly LlamaModel _model;
    private readonly int[] _start, _one, _other;

    private AbilityMatrix(LlamaModel model)
    {
        _model = model;
        (_start, _one, _other) = (Tokens(1, Longest), Tokens(2, Tail), Tokens(3, Tail));
    }

    /// <summary>Abilities in the order of the table.</summary>
    public static IReadOnlyList<string> Abilities { get; } =
        ["chunked", "stepwise", "forked", "rewound", "reused", "parallel", "cancelled", "embedded", "latent"];

    /// <summary>The abilities that need embeddings as inputs.</summary>
    public static IReadOnlyList<string> Latent { get; } = ["embedded", "latent"];

    /// <summary>Whether a result is the one that an architecture must have.</summary>
    public static bool IsAsExpected(ToyArchitecture toy, string ability, AbilityResult result) =>
        (toy.TakesTokensOnly && Latent.Contains(ability, StringComparer.Ordinal)) || (toy.SharesNoPrompts && ability == "reused")
            ? result.IsRefused
            : result.IsEqual;

    /// <summary>Measures a model.</summary>
    /// <returns>A result for each of <see cref="Abilities"/>.</returns>
    public static async Task<IReadOnlyDictionary<string, AbilityResult>> MeasureAsync(string path, CancellationToken cancellationToken)
    {
        using var model = LlamaModel.Load(new() { Path = path });
        var matrix = new AbilityMatrix(model);
        var results = new Dictionary<string, AbilityResult>(StringComparer.Ordinal);
        foreach (var (ability, measure) in matrix.Measurements())
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(ability, await OutcomeOfAsync(measure));
        }

        return results;
    }

    private static async Task<AbilityResult> OutcomeOfAsync(Func<Task<float>> measure)
    {
        try
        {
            return new(await measure(), Problem: null);
        }
#pragma warning disable CA1031 // whatever goes wrong is the result of this ability
        catch (Exception e)
        {
            return new(float.NaN, e.Message) { IsRefused = e is NotSupportedException };
        }
#pragma warning restore CA1031
    }

    private IEnumerable<(string Ability, Func<Task<float>> Measure)> Measurements() => Abilities.Zip<string, Func<Task<float>>>(
        [ChunkedAsync, StepwiseAsync, ForkedAsync, RewoundAsync, ReusedAsync, ParallelAsync, CancelledAsync, EmbeddedAsync, LatentAsync]);

    private async Task<float> ChunkedAsync()
    {
        await using var engine = Engine(static options => options.BatchSize = SmallBatch);
        using var sequence = engine.Begin();
        return Difference(await AppendAsync(sequence, [.. _start, .. _one]), await AloneAsync([.. _start, .. _one]));
    }

    private async Task<float> StepwiseAsync()
    {
        await using var engine = Engine();
        using var sequence = engine.Begin();
        var last = await AppendAsync(sequence, _start);
        foreach (var token in _one)
            last = await AppendAsync(sequence, [token]);
        return Difference(last, await AloneAsync([.. _start, .. _one]));
    }

    private async Task<float> ForkedAsync()
    {
        await using var engine = Engine();
        using var parent = engine.Begin();
        await AppendAsync(parent, _start);
        using var child = parent.Fork();
        using var late = parent.Fork();
        var ofChild = await AppendAsync(child, _other);
        var ofParent = await AppendAsync(parent, _one);
        using var grandchild = child.Fork();
        return Most(
            Difference(ofChild, await AloneAsync([.. _start, .. _other])),
            Difference(ofParent, await AloneAsync([.. _start, .. _one])),
            Difference(await AppendAsync(late, _one), await AloneAsync([.. _start, .. _one])),
            Difference(await AppendAsync(grandchild, _one), await AloneAsync([.. _start, .. _other, .. _one])));
    }

    private async Task<float> RewoundAsync()
    {
        await using var engine = Engine();
        using var sequence = engine.Begin();
        await AppendAsync(sequence, _start);
        await AppendAsync(sequence, _other);
        sequence.Rewind(Longest);
        var toTheEnd = await AppendAsync(sequence, _one);
        sequence.Rewind(Longest - 7);
        var intoIt = await AppendAsync(sequence, _other);
        sequence.Rewind(Longest);
        sequence.Rewind(3);
        var toTheStart = await AppendAsync(sequence, _one);
        return Most(
            Difference(toTheEnd, await AloneAsync([.. _start, .. _one])),
            Difference(intoIt, await AloneAsync([.. _start[..^7], .. _other])),
            Difference(toTheStart, await AloneAsync([.. _start[..3], .. _one])));
    }

    private async Task<float> ReusedAsync()
    {
        if (!_model.SharesPrompts)
            throw new NotSupportedException("The engine forwards every prompt of this architecture whole.");
        await using var engine = Engine();
        float[] differences = new float[4];
        for (var i = 0; i < differences.Length; i++)
        {
            int[] prompt = [.. _start, .. i % 2 == 0 ? _one : _other];
            using var sequence = engine.Begin();
            differences[i] = Difference(await AppendAsync(sequence, prompt), await AloneAsync(prompt));
        }

        // The third and the fourth prompt are known up to their last token.
        return engine.Counters.Cached >= 2 * (Longest + Tail - 1)
            ? Most(differences)
            : throw new InvalidOperationException($"{engine.Counters.Cached} positions were reused in four prompts.");
    }

    private async Task<float> ParallelAsync()
    {
        await using var engine = Engine();
        int[][] prompts = [.. Enumerable.Range(0, Parallel).Select(i => (int[])[.. Tokens(10 + i, Longest - (13 * i)), .. _one])];
        EngineSequence[] sequences = [.. prompts.Select(_ => engine.Begin())];
        var first = await Task.WhenAll(sequences.Select((sequence, i) => AppendAsync(sequence, prompts[i])));
        var second = await Task.WhenAll(sequences.Select(sequence => AppendAsync(sequence, _other[..1])));
        var differences = new List<float>();
        for (var i = 0; i < Parallel; i++)
        {
            differences.Add(Difference(first[i], await AloneAsync(prompts[i])));
            differences.Add(Difference(second[i], await AloneAsync([.. prompts[i], _other[0]])));
            sequences[i].Dispose();
        }

        return Most([.. differences]);
    }

    private async Task<float> CancelledAsync()
    {
        await using var engine = Engine(static options => options.BatchSize = 8);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var sequence = engine.Begin();
            await AppendAsync(sequence, [attempt + 1, .. _start]);
            using var cancel = new CancellationTokenSource();
            var before = engine.Counters.Prompt;
            var append = sequence.AppendAsync(Tokens(20 + attempt, Longest), cancel.Token).AsTask();
            while (engine.Counters.Prompt == before && !append.IsCompleted)
                await Task.Yield();
            await cancel.CancelAsync();
            if (await Task.WhenAny(append) is { IsCanceled: false, IsFaulted: false })
                continue; // it was done before
            return Difference(await AppendAsync(sequence, _one), await AloneAsync([attempt + 1, .. _start, .. _one]));
        }

        throw new InvalidOperationException("No append could be cancelled before it was done.");
    }

    private async Task<float> EmbeddedAsync()
    {
        await using var engine = Engine();
        using var latent = await LlamaLatentModel.CreateAsync(engine);
        var rows = new float[Longest * latent.EmbeddingLength];
        for (var i = 0; i < Longest; i++)
            latent.Embeddings.CopyRow(_start[i], rows.AsSpan(i * latent.EmbeddingLength, latent.EmbeddingLength));
        using var sequence = engine.Begin();
        await sequence.AppendAsync((ReadOnlyMemory<float>)rows);
        using var fork = sequence.Fork();
        var ofFork = await AppendAsync(fork, _one);
        await AppendAsync(sequence, _other);
        sequence.Rewind(Longest - 5);
        await sequence.AppendAsync((ReadOnlyMemory<float>)rows.AsMemory((Longest - 5) * latent.EmbeddingLength));
        return Most(
            Difference(ofFork, await AloneAsync([.. _start, .. _one])),
            Difference(await AppendAsync(sequence, _other), await AloneAsync([.. _start, .. _other])));
    }

    // Three thoughts, then text; again with a branch and a way back between them.
    private async Task<float> LatentAsync()
    {
        float[][] thoughts = [.. Enumerable.Range(0, 3).Select(_ => new float[_model.EmbeddingLength])];
        ReadOnlyMemory<float> alone;
        await using (var engine = Engine())
        {
            using var latent = await LlamaLatentModel.CreateAsync(engine);
            using var sequence = engine.Begin();
            var last = await sequence.AppendAsync(_start);
            for (var i = 0; i < thoughts.Length; i++)
            {
                Scale(last.Hidden.Span, latent.Embeddings.MeanNorm, thoughts[i]);
                last = await sequence.AppendAsync((ReadOnlyMemory<float>)thoughts[i]);
            }

            alone = await AppendAsync(sequence, _one);
        }

        await using var other = Engine();
        using var trunk = other.Begin();
        await AppendAsync(trunk, _start);
        await trunk.AppendAsync((ReadOnlyMemory<float>)thoughts[0]);
        using var branch = trunk.Fork();
        await branch.AppendAsync((ReadOnlyMemory<float>)thoughts[2]);
        foreach (var thought in thoughts[1..])
            await trunk.AppendAsync((ReadOnlyMemory<float>)thought);
        await AppendAsync(trunk, _other);
        trunk.Rewind(Longest + 2);
        await trunk.AppendAsync((ReadOnlyMemory<float>)thoughts[2]);
        branch.Rewind(Longest + 1);
        foreach (var thought in thoughts[1..])
            await branch.AppendAsync((ReadOnlyMemory<float>)thought);
        return Most(Difference(await AppendAsync(trunk, _one), alone), Difference(await AppendAsync(branch, _one), alone));
    }

    private async Task<ReadOnlyMemory<float>> AloneAsync(int[] tokens)
    {
        await using var engine = Engine();
        using var sequence = engine.Begin();
        return await AppendAsync(sequence, tokens);
    }

    private static async Task<ReadOnlyMemory<float>> AppendAsync(EngineSequence sequence, int[] tokens) =>
        (await sequence.AppendAsync(tokens)).Logits;

    private LlamaEngine Engine(Action<LlamaEngineOptions>? configure = null)
    {
        var options = new LlamaEngineOptions { Threads = 1, ContextLength = Context, CacheLength = 8 * Context, MaxSequences = 12 };
        configure?.Invoke(options);
        return new(_model, options);
    }

    private int[] Tokens(int seed, int count)
    {
        var random = Randomness.SeededRandom.Of(seed);
        int[] plain = [.. Enumerable.Range(0, _model.Tokenizer.Count).Where(token => !_model.Tokenizer.IsEndOfTurn(token))];
        return [.. Enumerable.Range(0, count).Select(_ => plain[random.Next(plain.Length)])];
    }

    private static void Scale(ReadOnlySpan<float> state, float norm, Span<float> thought)
    {
        var length = System.Numerics.Tensors.TensorPrimitives.Norm(state);
        System.Numerics.Tensors.TensorPrimitives.Multiply(state, norm / length, thought);
    }

    private static float Difference(ReadOnlyMemory<float> one, ReadOnlyMemory<float> other) =>
        System.Numerics.Tensors.TensorPrimitives.Max<float>([.. one.ToArray().Zip(other.ToArray(), static (a, b) => Math.Abs(a - b))]);

    private static float Most(params float[] differences) => System.Numerics.Tensors.TensorPrimitives.Max<float>(differences);
}
