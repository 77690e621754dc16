using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>A generated problem with its exact answer and a worked solution.</summary>
internal sealed record GeneratedProblem
{
    internal GeneratedProblem(Instance instance, ProblemFamily family, Split split, int steps, int wording)
    {
        var recorder = new CalculationRecorder();
        Instance = instance;
        Recall = family.Analogue;
        Family = family.Name;
        Split = split;
        Steps = steps;
        Wording = wording;
        Text = instance.Ask(wording);
        Answer = instance.Solve(recorder);
        Solution = recorder.Steps;
        Primitives = recorder.Primitives;
    }

    /// <summary>Name of the family; for chained families <c>chain</c>.</summary>
    public string Family { get; }

    /// <summary>The split it belongs to.</summary>
    public Split Split { get; }

    /// <summary>Dependent steps, the setting of the difficulty dial.</summary>
    public int Steps { get; }

    /// <summary>Which of the family's wordings this is.</summary>
    public int Wording { get; init; }

    /// <summary>The problem as the solver sees it.</summary>
    public string Text { get; init; }

    /// <summary>The problem in canonical form; problems that differ in wording only share it.</summary>
    public string Canonical => Instance.Canonical;

    /// <summary>The exact answer, 0 to 999.</summary>
    public int Answer { get; }

    /// <summary>The steps of a solution, each a chain of arithmetic primitives.</summary>
    public IReadOnlyList<string> Solution { get; }

    /// <summary>Arithmetic primitives in the solution.</summary>
    public int Primitives { get; }

    internal Instance Instance { get; }

    internal Instance Recall { get; }

    /// <summary>This problem in one of the first wordings of its family, or in canonical form.</summary>
    /// <param name="count">How many wordings; 0 for the canonical form.</param>
    public GeneratedProblem InFirstWordings(int count) =>
        count == 0 ? this with { Text = Canonical }
        : Wording < count ? this
        : this with { Wording = Wording % count, Text = Instance.Ask(Wording % count) };

    /// <summary>Solves the problem with one primitive going wrong and everything after it following from the slip.</summary>
    /// <returns><see langword="null"/> when this draw changed nothing that counts; draw again.</returns>
    public FlawedSolution? PlantError(SeededRandom random)
    {
        var recorder = new CalculationRecorder(random.Below(Primitives), (exact, range) => Misremember(random, exact, range));
        var answer = Instance.Solve(recorder);
        // A slip may derail a search; a derailed one that runs on and on teaches nothing.
        var beyond = recorder.Steps.Any(step => step.Contains("=-", StringComparison.Ordinal));
        return answer == Answer || beyond || recorder.Steps.Count > Solution.Count + 2 || answer is < 0 or > 999 || recorder.WrongStep == 0
            ? null
            : new FlawedSolution(recorder.Steps, recorder.WrongStep, answer);
    }

    // Slips of a small model are near misses mostly, so most planted errors are; the rest are anything of that range.
    private static int Misremember(SeededRandom random, int exact, int range)
    {
        int[] near = [1, -1, 2, -2, 10, -10];
        var wrong = random.Percent(70) ? exact + random.Pick(near) : random.Below(Math.Min(range, 2 * exact + 10));
        wrong = range == 1000 ? Math.Clamp(wrong, 0, 999) : ((wrong % range) + range) % range;
        return wrong;
    }
}
