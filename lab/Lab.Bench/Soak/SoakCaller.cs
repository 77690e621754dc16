using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Bench.Soak;

/// <summary>
/// One caller of a soak: opens a sequence, does some operations drawn at random on it and its forks, disposes them, and
/// begins again. Whatever an operation is not meant to end with is tallied as a failure.
/// </summary>
internal sealed class SoakCaller(LlamaEngine engine, SoakTally tally, int caller, SeededRandom random)
{
    internal const int MostSequences = 3; // of one caller at once

    private const int LongestPrompt = 48, LongestAnswer = 24, LongestThought = 6, LongestSession = 8, SharedPrompts = 4;
    private const int LongestPatience = 12; // milliseconds until a cancellation

    private static readonly SamplingOptions[] Samplings =
    [
        SamplingOptions.Greedy,
        new() { Temperature = 0.8f, TopK = 40, TopP = 0.95f, MinP = 0.05f },
        new() { Temperature = 1, Grammar = "root ::= [^\\n]*" },
    ];

    private readonly List<EngineSequence> _open = [];
    private int _prompts;

    /// <summary>Runs sessions until told to end; the last one is finished.</summary>
    internal async Task RunAsync(Func<bool> hasEnded)
    {
        while (!hasEnded())
        {
            try
            {
                await SessionAsync().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // a soak goes on and tells at its end what failed
            catch (Exception error)
            {
                tally.Failed($"{error.GetType().Name}: {error.Message}");
            }
#pragma warning restore CA1031
            finally
            {
                Close();
            }
        }
    }

    private async Task SessionAsync()
    {
        _open.Add(engine.Begin());
        await AppendAsync(_open[0]).ConfigureAwait(false);
        for (var i = random.Next(1, LongestSession + 1); i > 0 && _open.Count > 0; i--)
        {
            var sequence = _open[random.Next(_open.Count)];
            await (random.Next(9) switch
            {
                0 or 1 => GenerateAsync(sequence),
                2 or 3 => ThinkAsync(sequence),
                4 => CancelAsync(sequence),
                5 => RewindAsync(sequence),
                6 => ForkAsync(sequence),
                7 => DisposeAtWorkAsync(sequence),
                _ => AbandonStreamAsync(),
            }).ConfigureAwait(false);
        }
    }

    private async Task<Prediction> AppendAsync(EngineSequence sequence)
    {
        var prompt = NextPrompt();
        MakeRoom(sequence, prompt.Length);
        var before = sequence.Length;
        var prediction = await sequence.AppendAsync(prompt).ConfigureAwait(false);
        Expect(sequence.Length == before + prompt.Length, "an append left another length than it should");
        tally.Did("append");
        return prediction;
    }

    private async Task GenerateAsync(EngineSequence sequence)
    {
        await AppendAsync(sequence).ConfigureAwait(false);
        var before = sequence.Length;
        var answer = await sequence.ContinueAsync(NextOptions()).ConfigureAwait(false);
        Expect(sequence.Length == before + answer.Tokens.Count, "a generation left another length than it should");
        tally.Did("generation");
    }

    private async Task ThinkAsync(EngineSequence sequence)
    {
        if (!EngineBenchmark.CanThink(engine.Model))
            return;
        var prediction = await AppendAsync(sequence).ConfigureAwait(false);
        for (var i = random.Next(1, LongestThought + 1); i > 0; i--)
        {
            MakeRoom(sequence, 1);
            prediction = await sequence.AppendAsync(prediction.Hidden).ConfigureAwait(false);
            Expect(float.IsFinite(prediction.Logits.Span[0]), "a thought's prediction is not finite");
            tally.Did("thought");
        }
    }

    private async Task CancelAsync(EngineSequence sequence)
    {
        await AppendAsync(sequence).ConfigureAwait(false);
        var before = sequence.Length;
        using var cancel = new CancellationTokenSource();
        var work = sequence.ContinueAsync(NextOptions(), cancel.Token);
        await Task.Delay(random.Next(LongestPatience)).ConfigureAwait(false);
        await cancel.CancelAsync().ConfigureAwait(false);
        try
        {
            await work.ConfigureAwait(false);
            tally.Did("cancellation that came too late");
        }
        catch (OperationCanceledException)
        {
            Expect(sequence.Length == before, "a cancelled generation changed the length of its sequence");
            tally.Did("cancellation");
        }
    }

    private async Task RewindAsync(EngineSequence sequence)
    {
        sequence.Rewind(random.Next(sequence.Length + 1));
        tally.Did("rewind");
        await AppendAsync(sequence).ConfigureAwait(false);
    }

    private async Task ForkAsync(EngineSequence sequence)
    {
        if (_open.Count >= MostSequences)
        {
            _open.Remove(sequence);
            sequence.Dispose();
            tally.Did("disposal");
            return;
        }

        var fork = sequence.Fork();
        _open.Add(fork);
        tally.Did("fork");
        await GenerateAsync(random.Next(2) == 0 ? fork : sequence).ConfigureAwait(false);
    }

    private async Task DisposeAtWorkAsync(EngineSequence sequence)
    {
        await AppendAsync(sequence).ConfigureAwait(false);
        var work = sequence.ContinueAsync(NextOptions());
        _open.Remove(sequence);
        sequence.Dispose();
        try
        {
            await work.ConfigureAwait(false);
            tally.Did("disposal at work that came too late");
        }
        catch (ObjectDisposedException)
        {
            tally.Did("disposal at work");
        }
    }

    private async Task AbandonStreamAsync()
    {
        await foreach (var _ in engine.StreamAsync(NextPrompt(), NextOptions()).ConfigureAwait(false))
            break;
        tally.Did("abandoned stream");
    }

    private void Close()
    {
        foreach (var sequence in _open)
        {
            sequence.Dispose();
            tally.Did("disposal");
        }

        _open.Clear();
    }

    // All callers share some prompts, so that prefixes are found and kept; the others are this caller's alone.
    private int[] NextPrompt()
    {
        var seed = random.Next(2) == 0 ? random.Next(SharedPrompts) : Seeds.Derive(SharedPrompts, caller, _prompts++);
        return EngineBenchmark.Prompt(engine.Model, random.Next(1, LongestPrompt + 1), seed);
    }

    private GenerationOptions NextOptions() => new()
    {
        MaxTokens = random.Next(1, LongestAnswer + 1),
        IgnoresEndOfTurn = random.Next(2) == 0,
        Sampling = Samplings[random.Next(Samplings.Length)] with { Seed = random.Next() },
    };

    // A full context is an error by design; a soak is about traffic that fits.
    private void MakeRoom(EngineSequence sequence, int rows)
    {
        if (sequence.Length + rows + LongestAnswer < engine.ContextLength)
            return;
        sequence.Rewind(0);
        tally.Did("rewind");
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
            tally.Failed(otherwise);
    }
}
