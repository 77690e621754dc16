using CognitiveTools.Depth;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Export;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Problems.Queens;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Onnx.Models;
using CognitiveTools.Onnx.Recursion;
using CognitiveTools.Randomness;
using static TorchSharp.torch;
using GramFolder = CognitiveTools.Lab.Learning.Export.GramFolder;

namespace CognitiveTools.Lab.Learning.Tests.Export;

/// <summary>An exported GRAM answers as the network does, alone and beside other trajectories.</summary>
public sealed class GramExportTests : IDisposable
{
    private const int Steps = 3;

    private static readonly string[] Boards = ["..5.....", "4......6", ".....3.."];
    private static readonly int[] Seeds = [7, 8, 7, 1_000_000];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("learned", 0, true)]
    [InlineData("fixed", 0.4, true)]
    [InlineData("start", 0.8, true)]
    [InlineData("none", 0, false)]
    public async Task The_graph_computes_what_the_network_computes(string noise, double sigma, bool varies)
    {
        using var network = new Gram(
            new GramShape(QueensGenerator.Side, 16, 2, 32, 2, 2, 2, Enum.Parse<GramNoise>(noise, ignoreCase: true), sigma),
            new SeededRandom(5));
        using (no_grad())
            network.Parameters.Values.mul_(1.5);
        var path = GramFolder.Write(network, "tiny", Steps, _folder.File("tiny"));
        using var model = OnnxRecursiveModel.Load(new OnnxModelOptions { Path = path, Provider = OnnxProvider.Cpu });
        Assert.Equal((Steps, QueensGenerator.Side, varies), (model.Steps, model.Cells, model.Varies));
        var values = new HashSet<double>();
        foreach (var board in Boards)
        {
            var together = await RunAsync(model, board, Seeds);
            Assert.Equal(together[0], together[2]);
            for (var i = 0; i < Seeds.Length; i++)
            {
                var wanted = Run(network, board, Seeds[i]);
                Assert.Equal(wanted.Text, together[i].Text);
                Assert.Equal(wanted.Value, together[i].Value, 5e-4);
                values.Add(Math.Round(together[i].Value, 6));
            }

            Assert.Equal(together[1].Text, (await RunAsync(model, board, [Seeds[1]]))[0].Text);
        }

        Assert.Equal(varies ? 9 : 3, values.Count);
    }

    [Fact]
    public void A_folder_that_was_changed_is_refused()
    {
        using var network = new Gram(
            new GramShape(QueensGenerator.Side, 16, 2, 32, 1, 1, 1, GramNoise.None, 0), new SeededRandom(5));
        var path = GramFolder.Write(network, "tiny", Steps, _folder.File("tiny"));
        File.WriteAllBytes(Path.Combine(_folder.File("tiny"), "start.f32"), new byte[2 * 16 * sizeof(float)]);
        var refused = Assert.Throws<InvalidDataException>(
            () => OnnxRecursiveModel.Load(new OnnxModelOptions { Path = path, Provider = OnnxProvider.Cpu }));
        Assert.Contains("start.f32", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<RecursiveAnswer>> RunAsync(OnnxRecursiveModel model, string board, int[] seeds)
    {
        var trajectories = model.Begin(board, seeds);
        for (var i = 0; i < Steps; i++)
            await trajectories.StepAsync(TestContext.Current.CancellationToken);
        return trajectories.Read();
    }

    private static RecursiveAnswer Run(Gram network, string board, int seed)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var random = SeededRandom.Of(seed);
        var cells = QueensRows.Cells([CognitiveTools.Answers.Boards.QueensBoard.Parse(board)!]);
        var state = network.Start(1, random);
        for (var i = 0; i < Steps; i++)
            state = network.Step(state, network.Read(cells), random);
        return new RecursiveAnswer($"{QueensRows.Boards(network.Logits(state.High))[0]}", network.Value(state.High).item<float>());
    }
}
