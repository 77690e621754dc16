using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Learning.Runs;

namespace CognitiveTools.Lab.Learning.Tests.Runs;

public sealed class RunFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "models", "training", "runs");

    public static TheoryData<string> Runs =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_run_of_the_repository_can_be_read_and_names_corpora_of_a_plan(string name)
    {
        // The weights that a run begins with may still be in the making.
        var text = File.ReadAllText(Path.Combine(Folder, name));
        var from = text.Split('\n').FirstOrDefault(static line => line.StartsWith("from: ", StringComparison.Ordinal));
        Assert.SkipUnless(from is null || File.Exists(Path.GetFullPath(from["from: ".Length..], Folder)), $"{from} is not there yet.");

        var run = RunFile.Read(Path.Combine(Folder, name));

        Assert.Equal(Path.GetFileNameWithoutExtension(name), run.Name);
        var planned = Directory.GetFiles(Path.Combine(Repository.Root, "models", "training"), "corpora*.yaml")
            .SelectMany(static plan => File.ReadAllLines(plan)).Where(static line => line.Contains("file: ", StringComparison.Ordinal));
        var corpora = text.Split([' ', ',', '}', '\n']).Where(static word => word.EndsWith(".bin", StringComparison.Ordinal));
        Assert.All(corpora, corpus => Assert.Contains(planned, line => line.Contains($"file: {corpus},", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_seed_draws_other_weights_and_names_other_files()
    {
        var run = RunFile.Read(Path.Combine(Folder, "verbal.yaml"));
        var other = run.WithSeed(3);
        Assert.Equal((3UL, "verbal-s3", run.Shape, run.Rate), (other.Seed, other.Name, other.Shape, other.Rate));
        Assert.NotEqual(run.Seed, other.Seed);
    }
}
