namespace CognitiveTools.Lab.LLamaSharpPeer;

/// <summary>What the measurements run on.</summary>
/// <param name="Model">The GGUF file.</param>
/// <param name="Threads">Threads of a decode.</param>
/// <param name="Context">Positions of one sequence.</param>
/// <param name="Sequences">Sequences at once, at most.</param>
internal sealed record PeerRequest(string Model, int Threads, int Context, int Sequences)
{
    internal LLama.Common.ModelParams Parameters(int context, int sequences) => new(Model)
    {
        ContextSize = (uint)context,
        BatchSize = 512, // the engine's
        UBatchSize = 512,
        SeqMax = (uint)sequences,
        Threads = Threads,
        BatchThreads = Threads,
        GpuLayerCount = 0,
    };
}
