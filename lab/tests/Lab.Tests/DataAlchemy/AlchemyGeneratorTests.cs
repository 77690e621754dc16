using System.Security.Cryptography;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Tests.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Tests.DataAlchemy;

public sealed class AlchemyGeneratorTests
{
    private static readonly IReadOnlyList<IReadOnlyList<Transformation>> F1F1 = [AlchemyTask.ParseComposition("f1f1")];

    [Fact]
    public void Held_out_elements_are_never_trained_on()
    {
        var trained = new AlchemyGenerator(1, heldOut: false).Draw(F1F1).Take(20_000).Select(task => task.Element)
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(new AlchemyGenerator(1, heldOut: true).Draw(F1F1).Take(2000), task => Assert.DoesNotContain(task.Element, trained));
    }

    [Fact]
    public void The_corpus_of_a_seed_is_the_same_bytes_everywhere()
    {
        using var file = new MemoryStream();
        Corpus.Write(
            file, new AlchemyGenerator(202, heldOut: true).Draw(F1F1).Take(500)
            .Select(AlchemyGenerator.Converse), AlchemyVocabulary.Build());
        Assert.Equal("85519d95b97a984e20a6cb8925a82282", Convert.ToHexStringLower(SHA256.HashData(file.ToArray()))[..32]);
    }

    [Fact]
    public void The_committed_vocabulary_is_the_one_that_is_built() =>
        Assert.Equal(
            AlchemyVocabulary.Build().ToFile(), File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab-alchemy.txt")));

    [Fact]
    public void Letters_functions_and_marks_are_one_token_each() =>
        Assert.Equal(4 + 2 + 1 + 1 + 4, AlchemyVocabulary.Build().Encode("ABCD[F1][F2]\nANSWER: NOPQ").Length);

    [Fact]
    public void Every_cell_has_its_problems_and_every_problem_its_own_id()
    {
        var problems = GeneralizationSuites.Draw("dataalchemy", 5, 200).Problems;
        Assert.Equal(16, problems.GroupBy(problem => problem.Topic).Count(cell => cell.Count() == 200));
        Assert.Equal(16 * 200, problems.Count);
    }

    [Fact]
    public void The_answer_stays_that_of_the_clean_question()
    {
        foreach (var problem in GeneralizationSuites.Draw("dataalchemy", 6, 50).Problems)
        {
            var clean = AlchemyTask.TryParse(problem.Source!["dataalchemy ".Length..])!;
            Assert.Equal(clean.Answer, problem.Answer);
            Assert.Equal(
                clean.Text == problem.Text, !problem.Topic!.EndsWith("element", StringComparison.Ordinal)
                && !problem.Topic.EndsWith("transformation", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(nameof(NoiseKind.Insert))]
    [InlineData(nameof(NoiseKind.Delete))]
    [InlineData(nameof(NoiseKind.Modify))]
    [InlineData(nameof(NoiseKind.Hybrid))]
    public void Noise_damages_its_target_only(string name)
    {
        var kind = Enum.Parse<NoiseKind>(name);
        var random = new SeededRandom(3);
        foreach (var task in new AlchemyGenerator(3, heldOut: true).Draw(F1F1).Take(200))
        {
            var element = new AlchemyNoise(kind, NoiseTarget.Element, 25).Damage(task, random);
            Assert.EndsWith("[F1][F1]", element, StringComparison.Ordinal);
            var functions = new AlchemyNoise(kind, NoiseTarget.Transformation, 25).Damage(task, random);
            Assert.StartsWith(task.Element, functions, StringComparison.Ordinal);
            Assert.All([element, functions], text => Assert.NotEqual(task.Text, text));
            if (kind == NoiseKind.Insert)
                Assert.All([element, functions], text =>
                    Assert.Equal(task.Text, text.Replace(AlchemyNoise.Foreign, "", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void An_unknown_cell_is_refused_with_the_known_ones() =>
        Assert.Contains("f1f1 l=5", Assert.Throws<ArgumentException>(() => AlchemyCell.Find(["f9"])).Message, StringComparison.Ordinal);
}
