using System.Diagnostics;
using LLama;
using LLama.Batched;
using LLama.Common;
using LLama.Native;
using LLama.Sampling;

namespace CognitiveTools.Lab.LLamaSharpPeer;

/// <summary>
/// BatchedExecutor: conversations forked from one prompt, one call to <c>Infer</c> per step of all of them. An executor for every
/// measurement: it numbers its conversations upwards and never uses the number of a disposed one again, so its sequences run out.
/// </summary>
internal sealed class BatchedBench : IExecutorBench
{
    private readonly LLamaWeights _weights;
    private readonly ModelParams _parameters;

    internal BatchedBench(PeerRequest setup)
    {
        _parameters = setup.Parameters(setup.Context * (setup.Sequences + 1), setup.Sequences + 1);
        _weights = LLamaWeights.LoadFromFile(_parameters);
    }

    public async Task<(double Seconds, int Tokens)> DecodeAsync(int[] prompt, int sequences, int steps)
    {
        using var executor = new BatchedExecutor(_weights, _parameters);
        using var root = executor.Create();
        root.Prompt(Array.ConvertAll(prompt, static token => (LLamaToken)token));
        while (root.RequiresInference)
            await InferAsync(executor);
        root.Sample(); // the fork of a conversation that was not sampled is refused

        var forks = Enumerable.Range(0, sequences).Select(_ => root.Fork()).ToArray();
        try
        {
            // The first row is a token of the sequence's own, so that each step forwards one token and samples one.
            for (var i = 0; i < sequences; i++)
                forks[i].Prompt(new LLamaToken[] { prompt[i % prompt.Length] });
            using var greedy = new GreedySamplingPipeline();
            executor.Context.NativeHandle.Synchronize();
            var start = Stopwatch.GetTimestamp();
            for (var step = 0; step < steps; step++)
            {
                await InferAsync(executor);
                foreach (var fork in forks)
                    fork.Prompt(new[] { greedy.Sample(executor.Context.NativeHandle, fork.GetSampleIndex()) });
            }

            return (Stopwatch.GetElapsedTime(start).TotalSeconds, sequences * steps);
        }
        finally
        {
            foreach (var fork in forks)
                fork.Dispose(); // a finalizer would change the cache in the middle of a decode
        }
    }

    public void Dispose() => _weights.Dispose();

    private static async Task InferAsync(BatchedExecutor executor)
    {
        if (await executor.Infer() is var result && result != DecodeResult.Ok)
            throw new InvalidOperationException($"BatchedExecutor.Infer returned {result}.");
    }
}
