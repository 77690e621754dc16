namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>A network that was trained on part of the records, as the queries find it.</summary>
/// <param name="Key">Hash of run, corpora, part and seed.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Records">Records that it was trained on.</param>
/// <param name="Seconds">How long the training took.</param>
/// <param name="Losses">The loss of each query's answer, summed over its tokens.</param>
/// <param name="Exact">Whether each query is answered exactly, greedily.</param>
internal sealed record Retrained(string Key, int Seed, int Records, double Seconds, double[] Losses, bool[] Exact);
