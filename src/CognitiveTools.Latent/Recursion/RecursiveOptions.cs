using CognitiveTools.Latent.Solving;

namespace CognitiveTools.Latent.Recursion;

/// <summary>Settings of a <see cref="RecursiveReasoner"/>.</summary>
/// <param name="Steps">Steps of a trajectory.</param>
/// <param name="Width">Trajectories.</param>
/// <param name="Choice">Which trajectory answers.</param>
internal sealed record RecursiveOptions(int Steps, int Width, BranchChoice Choice);
