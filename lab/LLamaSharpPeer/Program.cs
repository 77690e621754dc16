using System.Text.Json;
using CognitiveTools.Lab.LLamaSharpPeer;
using LLama.Native;

// llamasharp-peer batched|stateless: decodes with one of LLamaSharp's executors for `coglab bench`. The protocol is that of the
// other peers: {"model": FILE, "threads": N, "context": POSITIONS, "sequences": N} once, answered by {"ready": true}; then
// {"prompt": [TOKENS], "sequences": N, "steps": N}, answered by {"seconds": S, "tokens": N}. A failure answers {"error": TEXT}.
NativeLogConfig.llama_log_set(static (_, _) => { });
IExecutorBench? bench = null;
while (await Console.In.ReadLineAsync() is { } line)
{
    try
    {
        using var request = JsonDocument.Parse(line);
        var root = request.RootElement;
        if (root.TryGetProperty("model", out var model))
        {
            var setup = new PeerRequest(model.GetString()!, Number("threads"), Number("context"), Number("sequences"));
            bench = args is ["stateless"] ? new StatelessBench(setup) : new BatchedBench(setup);
            Console.WriteLine("""{"ready": true}""");
            continue;
        }

        int[] prompt = [.. root.GetProperty("prompt").EnumerateArray().Select(static token => token.GetInt32())];
        var (seconds, tokens) = await bench!.DecodeAsync(prompt, Number("sequences"), Number("steps"));
        Console.WriteLine(JsonSerializer.Serialize(new { seconds, tokens }));

        int Number(string key) => root.GetProperty(key).GetInt32();
    }
#pragma warning disable CA1031 // whatever goes wrong is an answer to the program that asked
    catch (Exception e)
    {
        Console.WriteLine(JsonSerializer.Serialize(new { error = e.Message }));
    }
#pragma warning restore CA1031
}

bench?.Dispose();
