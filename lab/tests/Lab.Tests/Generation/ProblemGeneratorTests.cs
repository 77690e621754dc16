using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;
using CsCheck;

namespace CognitiveTools.Lab.Tests.Generation;

public sealed class ProblemGeneratorTests
{
    private static readonly Gen<ulong> Seeds = Gen.ULong;

    public static TheoryData<string, string> FamiliesAndSplits()
    {
        var data = new TheoryData<string, string>();
        foreach (var family in FamilyCatalog.Names)
        {
            foreach (var split in new[] { nameof(Split.Train), nameof(Split.HeldOut), nameof(Split.Longer), nameof(Split.Reworded) })
                data.Add(family, split);
        }

        data.Add("chain", nameof(Split.Recomposed));
        return data;
    }

    [Theory]
    [MemberData(nameof(FamiliesAndSplits))]
    public void Every_answer_agrees_with_an_independent_solver(string family, string split) =>
        Seeds.Sample(
            seed =>
            {
                var problem = new ProblemGenerator(seed, Enum.Parse<Split>(split), family).Draw().First();
                Assert.Equal(IndependentSolver.Solve(problem.Canonical), problem.Answer);
                Assert.InRange(problem.Answer, 0, 999);
            },
            iter: 60);

    [Theory]
    [MemberData(nameof(FamiliesAndSplits))]
    public void A_solution_is_true_arithmetic_and_ends_in_the_answer(string family, string split) =>
        Seeds.Sample(
            seed =>
            {
                var problem = new ProblemGenerator(seed, Enum.Parse<Split>(split), family).Draw().First();
                foreach (var step in problem.Solution)
                    Assert.True(StepChecker.IsTrue(step), $"{problem.Canonical}: {step}");
                Assert.True(problem.Solution.Count >= 1);
            },
            iter: 60);

    [Fact]
    public void Problems_in_few_wordings_have_the_parameters_of_those_in_many()
    {
        var many = ProblemSource.Problems(Split.HeldOut, 7, 200, []).Problems;
        var first = ProblemSource.Problems(Split.HeldOut, 7, 200, [], wordings: 1).Problems;
        var canonical = ProblemSource.Problems(Split.HeldOut, 7, 200, [], wordings: 0).Problems;
        Assert.Equal(many.Select(static problem => problem.Answer), first.Select(static problem => problem.Answer));
        Assert.Equal(many.Select(static problem => problem.Answer), canonical.Select(static problem => problem.Answer));
        Assert.InRange(many.Zip(first).Count(static pair => pair.First.Text == pair.Second.Text), 20, 90);
        Assert.Equal(200, canonical.Select(static problem => problem.Text).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Problems_of_few_primitives_state_their_number_as_difficulty()
    {
        var problems = ProblemSource.Problems(Split.HeldOut, 7, 200, ["recurrence"], mostPrimitives: 9).Problems;
        Assert.Equal(["3", "6", "9"], problems.Select(static problem => problem.Difficulty!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_dial_is_the_number_of_steps_in_all_families_but_the_chained()
    {
        foreach (var family in FamilyCatalog.Names.Where(name => name != "chain"))
        {
            foreach (var problem in new ProblemGenerator(3, Split.Train, family).Draw().Take(50))
                Assert.Equal(problem.Steps, problem.Solution.Count);
        }
    }

    [Fact]
    public void A_planted_error_is_the_first_false_step_and_changes_the_answer() =>
        Gen.Select(Seeds, Gen.Int[0, FamilyCatalog.Names.Count - 1].Select(i => FamilyCatalog.Names[i])).Sample(
            (seed, family) =>
            {
                var problem = new ProblemGenerator(seed, Split.Train, family).Draw().First();
                if (problem.PlantError(new SeededRandom(seed)) is not { } flaw)
                    return;
                Assert.NotEqual(problem.Answer, flaw.Answer);
                Assert.Equal(problem.Solution.Take(flaw.WrongStep - 1), flaw.Steps.Take(flaw.WrongStep - 1));
                Assert.NotEqual(problem.Solution[flaw.WrongStep - 1], flaw.Steps[flaw.WrongStep - 1]);
                var falseSteps = flaw.Steps.Where(step => !step.Contains('>', StringComparison.Ordinal) && !StepChecker.IsTrue(step));
                Assert.True(falseSteps.Count() <= 1, string.Join(';', flaw.Steps));
            },
            iter: 1500);

    [Fact]
    public void No_problem_of_another_split_is_ever_a_training_problem()
    {
        var trained = new ProblemGenerator(11, Split.Train).Draw().Take(4000).ToArray();
        var forms = trained.Select(problem => problem.Canonical).ToHashSet(StringComparer.Ordinal);
        var wordings = trained.Select(problem => (problem.Family, problem.Wording)).ToHashSet();
        foreach (var split in new[] { Split.HeldOut, Split.Longer, Split.Reworded, Split.Recomposed })
        {
            foreach (var problem in new ProblemGenerator(12, split).Draw().Take(1000))
            {
                Assert.DoesNotContain(problem.Canonical, forms);
                Assert.Equal(split != Split.Reworded, wordings.Contains((problem.Family, problem.Wording)));
            }
        }
    }

    [Fact]
    public void Longer_problems_have_more_steps_than_any_trained_one()
    {
        foreach (var family in FamilyCatalog.Names)
        {
            var most = new ProblemGenerator(1, Split.Train, family).Draw().Take(300).Max(problem => problem.Steps);
            Assert.All(new ProblemGenerator(1, Split.Longer, family).Draw().Take(100), problem => Assert.True(problem.Steps > most));
        }
    }

    [Fact]
    public void Pairs_never_trained_are_disjoint_from_pairs_in_training_and_made_of_their_families()
    {
        Assert.Empty(FamilyCatalog.PairsInTraining.Intersect(FamilyCatalog.PairsNeverTrained));
        var trained = FamilyCatalog.PairsInTraining.SelectMany(pair => new[] { pair.First, pair.Second }).ToHashSet(StringComparer.Ordinal);
        Assert.All(FamilyCatalog.PairsNeverTrained, pair => Assert.True(trained.Contains(pair.First) && trained.Contains(pair.Second)));
    }

    [Fact]
    public void Distinct_problems_are_distinct_and_stop_when_a_small_family_is_exhausted()
    {
        var problems = new ProblemGenerator(5, Split.HeldOut, "stairs").Distinct(5000);
        Assert.Equal(problems.Count, problems.Select(problem => problem.Canonical).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(problems.Count, 10, 4999);
    }

    [Fact]
    public void An_unknown_family_is_refused_with_the_names_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => new ProblemGenerator(1, Split.Train, "geometry"));
        Assert.Contains("recurrence", error.Message, StringComparison.Ordinal);
    }
}
