using System.Diagnostics;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Lab.Bench;

/// <summary>
/// Tool calls on one question, one after the other as a model makes them, or at once as an app may: each prompt is the question
/// and a text of its own. With or without the engine's prefix reuse.
/// </summary>
internal sealed class ToolCallSubject(LlamaModel model, BenchmarkOptions options, bool reuse) : IAsyncDisposable
{
    private readonly LlamaEngine _engine = new(model, new()
    {
        Threads = options.Threads,
        PlainAttention = options.PlainAttention,
        ContextLength = options.Length,
        CacheLength = options.Length * 5,
        MaxSequences = 5,
        IdlePrefixes = reuse ? 4 : 0,
    });

    /// <summary>Runs the calls.</summary>
    /// <returns>Seconds, and prompt positions that went through the network.</returns>
    internal async Task<(double Seconds, long Positions)> RunAsync(
        int[] question, int[][] tools, bool atOnce, CancellationToken cancellationToken)
    {
        var before = _engine.Counters.Prompt;
        var start = Stopwatch.GetTimestamp();
        if (atOnce)
            await Task.WhenAll(tools.Select(CallAsync)).ConfigureAwait(false);
        else
            foreach (var tool in tools)
                await CallAsync(tool).ConfigureAwait(false);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, _engine.Counters.Prompt - before);

        Task CallAsync(int[] tool) =>
            _engine.GenerateAsync(
                (int[])[.. question, .. tool], new() { MaxTokens = options.Steps, IgnoresEndOfTurn = true }, cancellationToken);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
