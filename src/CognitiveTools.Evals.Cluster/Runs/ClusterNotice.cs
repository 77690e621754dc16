using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Runs;

/// <summary>Something that a member of a cluster should tell its user, for instance that no worker can run an arm.</summary>
/// <param name="Text">The notice.</param>
public sealed record ClusterNotice(string Text) : RunEvent;
