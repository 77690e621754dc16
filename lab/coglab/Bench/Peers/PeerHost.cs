using System.Text.Json;
using CognitiveTools.Lab.Bench;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary>The other end of <see cref="LinePeer"/>: answers each line until the input ends.</summary>
internal static class PeerHost
{
    public static async Task RunAsync(IDecodePeer peer, TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            await output.WriteLineAsync((await AnswerAsync(peer, line, cancellationToken)).AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
    }

    private static async Task<string> AnswerAsync(IDecodePeer peer, string line, CancellationToken cancellationToken)
    {
        try
        {
            using var request = JsonDocument.Parse(line);
            var root = request.RootElement;
            if (root.TryGetProperty("model", out var model))
            {
                var problem = await peer.StartAsync(
                    new(model.GetString()!, Number("threads"), Number("context"), Number("sequences"), OnGpu: false), cancellationToken);
                return problem is null ? JsonSerializer.Serialize(new { ready = true }) : JsonSerializer.Serialize(new { error = problem });
            }

            int[] prompt = [.. root.GetProperty("prompt").EnumerateArray().Select(static token => token.GetInt32())];
            var (sequences, steps) = (Number("sequences"), Number("steps"));
            var seconds = await peer.DecodeAsync(prompt, sequences, steps, cancellationToken);
            return JsonSerializer.Serialize(new { seconds, tokens = sequences * steps });

            int Number(string key) => root.GetProperty(key).GetInt32();
        }
#pragma warning disable CA1031 // whatever goes wrong is an answer to the program that asked
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return JsonSerializer.Serialize(new { error = e.Message });
        }
#pragma warning restore CA1031
    }
}
