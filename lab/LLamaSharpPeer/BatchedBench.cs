using System.Diagnostics;
using LLama;
using LLama.Batched;
using LLama.Native;
using LLama.Sampling;

namespace CognitiveTools.Lab.LLamaSharpPeer;

/// <summary>BatchedExecutor: conversations forked from one prompt, one call to <c>Infer</c> per step of all of them.</summary>
internal sealed class BatchedBench : IExecutorBench
{
    private readonly LLamaWeights _weights;
    private readonly BatchedExecutor _executor;

    internal BatchedBench(PeerRequest setup)
    {
        var parameters = setup.Parameters(setup.Context * (setup.Sequences + 1), setup.Sequences + 1);
        _weights = LLamaWeights.LoadFromFile(parameters);
        _executor = new(_weights, parameters);
    }

    public async Task<(double Seconds, int Tokens)> DecodeAsync(int[] prompt, int sequences, int steps)
    {
        using var root = _executor.Create();
        root.Prompt(Array.ConvertAll(prompt, static token => (LLamaToken)token));
        while (root.RequiresInference)
            await InferAsync();
        root.Sample(); // the fork of a conversation that was not sampled is refused

        var forks = Enumerable.Range(0, sequences).Select(_ => root.Fork()).ToArray();
        try
        {
            // The first row is a token of the sequence's own, so that each step forwards one token and samples one.
            for (var i = 0; i < sequences; i++)
                forks[i].Prompt(new LLamaToken[] { prompt[i % prompt.Length] });
            using var greedy = new GreedySamplingPipeline();
            _executor.Context.NativeHandle.Synchronize();
            var start = Stopwatch.GetTimestamp();
            for (var step = 0; step < steps; step++)
            {
                await InferAsync();
                foreach (var fork in forks)
                    fork.Prompt(new[] { greedy.Sample(_executor.Context.NativeHandle, fork.GetSampleIndex()) });
            }

            return (Stopwatch.GetElapsedTime(start).TotalSeconds, sequences * steps);
        }
        finally
        {
            foreach (var fork in forks)
                fork.Dispose(); // a finalizer would change the cache in the middle of a decode
        }
    }

    public void Dispose()
    {
        _executor.Dispose();
        _weights.Dispose();
    }

    private async Task InferAsync()
    {
        if (await _executor.Infer() is var result && result != DecodeResult.Ok)
            throw new InvalidOperationException($"BatchedExecutor.Infer returned {result}.");
    }
}
