namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>What a study computes.</summary>
/// <param name="Methods">Methods whose scores are compared.</param>
/// <param name="Removed">Records that are left out at a time.</param>
/// <param name="Seeds">Trainings of each part with records left out, seeds 1, 2 and so on.</param>
/// <param name="Subsets">Random halves for the linear datamodelling score; none when 0.</param>
/// <param name="Tops">Numbers of best records among which the answer is looked for.</param>
/// <param name="Damping">For <c>ekfac</c>, as a part of each layer's mean eigenvalue.</param>
internal sealed record StudyOptions(
    IReadOnlyList<string> Methods, int Removed, int Seeds, int Subsets, IReadOnlyList<int> Tops, double Damping);
