using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CsCheck;

namespace CognitiveTools.Lab.Tests.Generation;

public sealed class OperationsTests
{
    private static readonly string[] Family = ["operations"];

    [Fact]
    public void The_answer_is_that_of_the_operations_from_left_to_right() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 3].Select(i => (Split)i)).Sample((seed, split) =>
        {
            foreach (var problem in new ProblemGenerator(seed, split, Family).Draw().Take(5))
            {
                var text = problem.Text.Replace("mod 5", "", StringComparison.Ordinal).Trim(':', ' ');
                var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var value = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
                foreach (var part in parts[1..])
                    value = (part[0] == '+' ? value + (part[1] - '0') : value * (part[1] - '0')) % 5;
                Assert.Equal(value, problem.Answer);
                Assert.Equal(parts.Length - 1, problem.Steps);
                Assert.Equal(problem.Steps, problem.Solution.Count);
            }
        }, iter: 50);

    [Fact]
    public void Held_out_problems_are_never_trained_on()
    {
        var trained = new ProblemGenerator(1, Split.Train, Family).Draw().Take(3000).Select(problem => problem.Canonical)
            .ToHashSet(StringComparer.Ordinal);
        var heldOut = new ProblemGenerator(2, Split.HeldOut, Family).Draw().Take(1000).Select(problem => problem.Canonical);

        Assert.DoesNotContain(heldOut, trained.Contains);
    }

    [Fact]
    public void It_is_drawn_only_when_it_is_named()
    {
        Assert.DoesNotContain("operations", FamilyCatalog.Names);
        Assert.Contains("operations", FamilyCatalog.NamesApart);
        Assert.Contains(
            "operations", Assert.Throws<ArgumentException>(() => new ProblemGenerator(1, Split.Train, "poems")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_vocabulary_file_is_the_one_the_builder_makes_and_gives_every_operation_one_token()
    {
        var vocabulary = OperationsVocabulary.Build();

        Assert.Equal(vocabulary.ToFile(), File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab-operations.txt")));
        Assert.Equal(1 + 3 + 1, vocabulary.Encode("3 +4 *2 +1 mod 5").Length);
    }
}
