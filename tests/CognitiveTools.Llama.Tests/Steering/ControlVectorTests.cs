using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Steering;
using CsCheck;

namespace CognitiveTools.Llama.Tests.Steering;

public sealed class ControlVectorTests
{
    [Fact]
    public void A_file_gives_back_what_was_written()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("v.gguf");
        var vector = new ControlVector(
            [KeyValuePair.Create(3, new float[] { 1, -2, 3 }), KeyValuePair.Create(1, new float[] { 0.5f, 0, 9 })]);

        ControlVectorFile.Write(path, vector, "tiny", new Dictionary<string, string>(StringComparer.Ordinal) { ["pairs"] = "7" });

        var read = ControlVectorFile.Read(path);
        Assert.Equal([1, 3], read.Layers);
        Assert.Equal(vector.Direction(1), read.Direction(1));
        Assert.Equal(vector.Direction(3), read.Direction(3));
        Assert.True(read.Direction(2).IsEmpty);
        using var file = GgufFile.Open(path);
        Assert.Equal(
            ("tiny", "7"),
            (file.Metadata.GetRequired<string>("controlvector.model_hint"), file.Metadata.GetRequired<string>("cognitive_tools.pairs")));
    }

    [Fact]
    public void Other_files_are_refused_by_what_is_wrong_with_them()
    {
        using var folder = new TemporaryFolder();
        var model = TestModels.Tiny.Path;
        var odd = folder.File("odd.gguf");
        new GgufWriter()
            .Add("general.architecture", "controlvector")
            .AddTensor("direction.0", GgufTensorType.F32, [4], static (_, row) => row.Fill(1))
            .Write(odd);
        var uneven = folder.File("uneven.gguf");
        new GgufWriter().Add("general.architecture", "controlvector")
            .AddTensor("direction.1", GgufTensorType.F32, [4], static (_, row) => row.Fill(1))
            .AddTensor("direction.2", GgufTensorType.F32, [8], static (_, row) => row.Fill(1)).Write(uneven);

        Assert.Contains(
            "is 'llama', not 'controlvector'", Assert.Throws<GgufException>(() => ControlVectorFile.Read(model)).Message,
            StringComparison.Ordinal);
        Assert.Contains("direction.0", Assert.Throws<GgufException>(() => ControlVectorFile.Read(odd)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "direction.2", Assert.Throws<GgufException>(() => ControlVectorFile.Read(uneven)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ControlVectorFile.Read(folder.File("none.gguf")));
    }

    [Fact]
    public void The_random_control_has_the_same_norms_and_other_directions()
    {
        var vector = new ControlVector(
        [
            KeyValuePair.Create(1, Enumerable.Range(0, 64).Select(i => i - 30f).ToArray()),
            KeyValuePair.Create(2, Enumerable.Repeat(0.1f, 64).ToArray()),
        ]);
        Gen.Int[0, 1000].Sample(seed =>
        {
            var random = vector.Random(seed);
            foreach (var layer in vector.Layers)
            {
                Assert.Equal(vector.Norm(layer), random.Norm(layer), 1e-3f * vector.Norm(layer));
                var cosine = System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(vector.Direction(layer), random.Direction(layer));
                Assert.InRange(cosine, -0.7f, 0.7f);
            }

            Assert.Equal(random.Direction(1), vector.Random(seed).Direction(1));
            Assert.NotEqual(random.Direction(1).ToArray(), vector.Random(seed + 1).Direction(1).ToArray());
        });
    }

    [Fact]
    public void A_range_of_layers_is_cut_out_and_an_empty_one_refused()
    {
        var vector = new ControlVector(Enumerable.Range(1, 5).Select(layer => KeyValuePair.Create(layer, new float[] { layer })));
        Assert.Equal([2, 3], vector.Within(2, 3).Layers);
        Assert.Contains(
            "none of them lies from 6 to 9", Assert.Throws<ArgumentException>(() => vector.Within(6, 9)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Randomly_timed_strengths_are_the_same_strengths_at_later_steps()
    {
        Gen.Select(Gen.Int[0, 1000], Gen.Int[9, 40]).Sample((seed, window) =>
        {
            var schedule = SteeringSchedule.Decaying(2, 0.5f); // 2, 1, ... 7 steps
            var moved = schedule.AtRandomSteps(seed, window);
            Assert.Equal(0, moved.At(0));
            Assert.Equal(
                Enumerable.Range(0, schedule.Length).Select(schedule.At).Order(),
                Enumerable.Range(0, window + 5).Select(moved.At).Where(s => s != 0).Order());
        });
        Assert.Throws<InvalidOperationException>(() => SteeringSchedule.Always(1).AtRandomSteps(1, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => SteeringSchedule.First(1).AtRandomSteps(1, 1));
    }
}
