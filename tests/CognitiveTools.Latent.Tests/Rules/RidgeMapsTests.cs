using System.Numerics.Tensors;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;

namespace CognitiveTools.Latent.Tests.Rules;

public sealed class RidgeMapsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cogtools-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_map_is_solved_once_and_then_read_from_the_folder()
    {
        var solved = await new RidgeMaps(_folder).OfAsync(Model(FakeLatentModel.Output), Cancel);
        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(9 * sizeof(float), new FileInfo(file).Length);
        var first = BitConverter.GetBytes(42f);
        await using (var stream = File.OpenWrite(file))
            await stream.WriteAsync(first, Cancel);

        var read = await new RidgeMaps(_folder).OfAsync(Model(FakeLatentModel.Output), Cancel);

        Assert.Equal([42f, .. solved.Rows[1..]], read.Rows);
    }

    [Fact]
    public async Task Other_weights_or_another_lambda_have_a_file_of_their_own()
    {
        await new RidgeMaps(_folder).OfAsync(Model(FakeLatentModel.Output), Cancel);
        await new RidgeMaps(_folder).OfAsync(Model(FakeEmbeddings.Rows), Cancel);
        await new RidgeMaps(_folder, 1).OfAsync(Model(FakeLatentModel.Output), Cancel);

        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task A_file_that_was_cut_is_made_again()
    {
        var solved = await new RidgeMaps(_folder).OfAsync(Model(FakeLatentModel.Output), Cancel);
        await File.WriteAllBytesAsync(Assert.Single(Directory.GetFiles(_folder)), [1, 2, 3], Cancel);

        Assert.Equal(solved.Rows, (await new RidgeMaps(_folder).OfAsync(Model(FakeLatentModel.Output), Cancel)).Rows);
    }

    [Fact]
    public async Task One_model_is_read_once_however_many_ask()
    {
        var output = new MatrixEmbeddings(FakeLatentModel.Output);
        var model = new FakeLatentModel { OutputEmbeddings = output };
        var maps = new RidgeMaps();

        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => maps.OfAsync(model, Cancel)));

        Assert.Equal(8, output.Reads);
        Assert.All(all, map => Assert.Same(all[0], map));
    }

    [Fact]
    public async Task With_tied_matrices_the_map_is_the_identity_but_for_lambda()
    {
        var map = await new RidgeMaps().OfAsync(Model(FakeEmbeddings.Rows), Cancel);

        Assert.InRange(TensorPrimitives.Distance<float>(map.Rows, [1, 0, 0, 0, 1, 0, 0, 0, 1]), 0, 1e-3f);
    }

    [Fact]
    public async Task A_model_without_an_output_matrix_is_refused_with_the_remedy()
    {
        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), new HiddenFeedback(Alignment.Ridge), 2);

        Assert.Contains("Use align=norm", reasoning.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_rows_of_another_width_are_refused() =>
        Assert.Contains("output rows have 2", (await Assert.ThrowsAsync<NotSupportedException>(
            () => new RidgeMaps().OfAsync(Model([[1, 2], [3, 4]]), Cancel))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_lambda_that_is_not_above_zero_is_refused(double lambda) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeMaps(lambda: lambda));

    private static FakeLatentModel Model(float[][] output) => new() { OutputEmbeddings = new MatrixEmbeddings(output) };
}
