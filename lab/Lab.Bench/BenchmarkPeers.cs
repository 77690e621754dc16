using CognitiveTools.Llama.Models;

namespace CognitiveTools.Lab.Bench;

/// <summary>
/// The peers of one benchmark: which of them are measured, and one line for each that was asked for. A peer that does not start, or
/// fails in the middle of the run, is left out with its figures, and the benchmark goes on without it. Used by one caller.
/// </summary>
internal sealed class BenchmarkPeers(LlamaModel model, BenchmarkOptions options, BenchmarkSamples samples)
{
    private readonly List<(IDecodePeer Peer, string? Skipped)> _peers = [];

    /// <summary>The peers that are measured.</summary>
    internal List<IDecodePeer> Running => [.. _peers.Where(static p => p.Skipped is null).Select(static p => p.Peer)];

    /// <summary>Name of each peer, with the reason where it was left out.</summary>
    internal List<string> Notes =>
        [.. _peers.Select(static p => p.Skipped is null ? p.Peer.Name : $"{p.Peer.Name} skipped: {p.Skipped}")];

    internal async Task StartAsync(IReadOnlyList<IDecodePeer> peers, int threads, CancellationToken cancellationToken)
    {
        foreach (var peer in peers)
        {
            int[] counts = [.. options.Sequences.Where(peer.Measures)];
            var skipped = counts.Length == 0
                ? $"it is not measured with {string.Join(", ", options.Sequences)} sequences"
                : await peer.StartAsync(new(model.Path, threads, options.Length, counts.Max(), model.IsOnGpu), cancellationToken)
                    .ConfigureAwait(false);
            _peers.Add((peer, skipped));
        }
    }

    /// <summary>Measures a peer once, unless it has failed before.</summary>
    internal async Task DecodeAsync(IDecodePeer peer, int sequences, CancellationToken cancellationToken)
    {
        var at = _peers.FindIndex(p => ReferenceEquals(p.Peer, peer));
        if (_peers[at].Skipped is not null)
            return;
        var prompt = EngineBenchmark.Prompt(model, options.PromptLength, seed: 1);
        try
        {
            var seconds = await peer.DecodeAsync(prompt, sequences, options.Steps, cancellationToken).ConfigureAwait(false);
            samples.AddRate($"{peer.Name}, decode {sequences}", sequences * options.Steps, seconds);
        }
#pragma warning disable CA1031 // whatever another program fails with ends its own measurement only
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            _peers[at] = (peer, $"it failed with {sequences} sequences: {error.Message.ReplaceLineEndings(" ")}");
            samples.Remove($"{peer.Name}, ");
        }
#pragma warning restore CA1031
    }
}
