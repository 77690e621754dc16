using CognitiveTools.Lab.Bench.Architectures;

namespace CognitiveTools.Lab.Tests.Architectures;

public sealed class AbilityMatrixTests : IDisposable
{
    private readonly Llama.Tests.TemporaryFolder _folder = new();

    /// <summary>One of each kind of memory, position and output of hidden states.</summary>
    public static TheoryData<string> Few { get; } =
    [
        "llama", "gemma4", "gpt-oss", "glm4", "deepseek2", "qwen3vl", "qwen35", "falcon-h1", "lfm2", "mamba2", "rwkv6",
        "plamo2", "deepseek4", "kimi-linear",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Few))]
    public async Task Every_way_to_a_position_gives_what_a_separate_run_gives(string name)
    {
        var results = await AbilityMatrix.MeasureAsync(Toys.Write(name, _folder.Path), TestContext.Current.CancellationToken);

        var toy = ToyArchitectures.All.Single(toy => toy.FileName == name);
        Assert.All(
            AbilityMatrix.Abilities,
            ability => Assert.True(AbilityMatrix.IsAsExpected(toy, ability, results[ability]), $"{ability}: {results[ability]}"));
    }

    [Fact]
    public void A_toy_is_the_same_file_every_time()
    {
        var first = File.ReadAllBytes(Toys.Write("lfm2", _folder.Path));

        Assert.Equal(first, File.ReadAllBytes(Toys.Write("lfm2", _folder.Path)));
        Assert.InRange(first.Length, 100_000, 2_000_000);
    }
}
