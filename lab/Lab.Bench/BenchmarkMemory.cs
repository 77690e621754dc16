using System.Diagnostics;
using System.Text.Json.Serialization;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Lab.Bench;

/// <summary>Memory of a process that holds one model and one engine, after it ran the widest measurement.</summary>
/// <param name="PeakResident">Largest resident size of the process in bytes, .NET and mapped weights included.</param>
/// <param name="Model">Bytes of the weights.</param>
/// <param name="Cache">Bytes of the engine's key-value cache, 16 bits a number; <see langword="null"/> when the model's
/// attention is of a kind whose size this does not know.</param>
internal sealed record BenchmarkMemory(long PeakResident, long Model, long? Cache)
{
    private const int BytesPerNumber = 2;

    /// <summary>What the peak holds beyond weights and cache, in bytes.</summary>
    [JsonIgnore]
    public long Beyond => PeakResident - Model - (Cache ?? 0);

    internal static BenchmarkMemory Measure(LlamaModel model, int cacheLength)
    {
        using var process = Process.GetCurrentProcess();
        return new(process.PeakWorkingSet64, model.SizeInBytes, CacheBytes(model, cacheLength));
    }

    private static long? CacheBytes(LlamaModel model, int positions) =>
        model.CacheCost.PerPosition is > 0 and var elements ? elements * BytesPerNumber * positions : null;
}
