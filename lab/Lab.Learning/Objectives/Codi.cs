using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// CODI (2025, arXiv 2502.21074): one network is teacher (the worked solution in words) and student (thoughts in its place), and at the
/// token before the answer the student's residual stream is pulled to the teacher's in every layer:
/// <c>L = L_student + L_teacher + w sum_l smoothL1(h_S, stop(h_T)) / std(h_T)</c>. There is one stage: all units are thoughts.
/// </summary>
/// <remarks>The published student projects a hidden state before it is fed back. Here it is fed back as it is, as in Coconut, so that an
/// engine that runs Coconut runs this too.</remarks>
/// <param name="cutter">Cuts the solutions.</param>
/// <param name="weight">Weight of the last term.</param>
internal sealed class Codi(SolutionCutter cutter, double weight = 1) : ILatentObjective
{
    private readonly NextToken _words = new();

    /// <summary>The network whose states the student is pulled to, when it is not the student itself.</summary>
    public Decoder? Teacher { get; init; }

    /// <inheritdoc/>
    public Func<Tensor, Tensor> Thinker(Decoder network) => static hidden => hidden;

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        var laid = new LatentBatch(batch, cutter, network.Device);
        var students = new List<Tensor>();
        var (hidden, _) = Coconut.Think(network, laid, batch.Thoughts, students);
        var loss = NextToken.CrossEntropy(network, hidden, laid.Positions, laid.Targets).Plus(_words.Loss(network, batch, random));

        // The token before the answer is the last but two: mark, number, end of turn.
        var (verbal, padding) = Padded.Left([.. laid.Solutions.Select(Verbal)]);
        var teachers = new List<Tensor>();
        var teacher = Teacher ?? network;
        teacher.Forward(teacher.Embed(verbal.to(network.Device)), hide: padding.Hide(padding.Width).to(network.Device), layers: teachers);
        var places = tensor(
            laid.Solutions.Select((solution, row) =>
                row * laid.Texts.shape[1] + cutter.Text(solution, batch.Thoughts).Length - 3).ToArray(),
            device: network.Device);
        for (var layer = 0; layer < teachers.Count; layer++)
        {
            var wanted = teachers[layer].select(1, padding.Width - 1).detach();
            var found = students[layer].reshape(-1, network.Shape.Width).index_select(0, places);
            loss = loss.Plus(nn.functional.smooth_l1_loss(found, wanted).mul(Scalars.Of(weight)) / wanted.std());
        }

        return loss;
    }

    // Up to the token before the answer.
    private IReadOnlyList<int> Verbal(WorkedSolution solution) => [.. solution.Prompt, .. cutter.Words(solution)[..^1]];
}
