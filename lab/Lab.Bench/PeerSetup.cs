namespace CognitiveTools.Lab.Bench;

/// <summary>What a peer needs to be comparable.</summary>
/// <param name="Model">The GGUF file.</param>
/// <param name="Threads">Threads of a decode.</param>
/// <param name="ContextLength">Positions one sequence may hold.</param>
/// <param name="Sequences">Sequences at once at most.</param>
/// <param name="OnGpu">Whether the engine has the model's layers on a GPU.</param>
internal sealed record PeerSetup(string Model, int Threads, int ContextLength, int Sequences, bool OnGpu);
