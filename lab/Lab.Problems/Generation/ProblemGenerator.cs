using CognitiveTools.Lab.Problems.Generation.Families;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>
/// Draws problems: the same seed, split and settings give the same problems on every platform, and no setting can make
/// a split overlap another.
/// </summary>
internal sealed class ProblemGenerator
{
    // One problem in eight is held out.
    private const ulong HeldOutShare = 8;

    private readonly SeededRandom _random;
    private readonly string[] _families;

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">Fixes everything drawn.</param>
    /// <param name="split">The split drawn from.</param>
    /// <param name="families">Names from <see cref="FamilyCatalog.Names"/>, all of which when empty, or
    /// <see cref="FamilyCatalog.NamesApart"/>. A name given twice is drawn twice as often.</param>
    /// <exception cref="ArgumentException">A family is unknown, or the split has no problems of these families.</exception>
    public ProblemGenerator(ulong seed, Split split, params IReadOnlyList<string> families)
    {
        Split = split;
        _random = SeededRandom.For(seed, $"{split}");
        _families = [.. families.Count == 0 ? FamilyCatalog.Names : families];
        foreach (var name in _families.Where(name => name != Chain.FamilyName))
            _ = FamilyCatalog.Find(name);
        if (split == Split.Recomposed)
            _families = [Chain.FamilyName];
    }

    /// <summary>The split drawn from.</summary>
    public Split Split { get; }

    /// <summary>Problems without end; the same problem may come twice.</summary>
    /// <param name="mostSteps">Upper bound of the difficulty dial, for a curriculum; the family's own bound when
    /// <see langword="null"/>.</param>
    public IEnumerable<GeneratedProblem> Draw(int? mostSteps = null)
    {
        while (true)
            yield return Next(mostSteps);
    }

    /// <summary>Different problems, as many as asked for, or as there are.</summary>
    /// <param name="count">Problems wanted.</param>
    /// <param name="mostPrimitives">Arithmetic primitives in a solution at most.</param>
    /// <remarks>Small families run out: then there are fewer of them and more of the others.</remarks>
    public IReadOnlyList<GeneratedProblem> Distinct(int count, int? mostPrimitives = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var problems = new List<GeneratedProblem>(count);

        // A hundred draws without a new problem mean that there are no more.
        for (var misses = 0; problems.Count < count && misses < 100;)
        {
            var problem = Next(null);
            misses = problem.Primitives <= (mostPrimitives ?? int.MaxValue) && seen.Add(problem.Canonical) ? 0 : misses + 1;
            if (misses == 0)
                problems.Add(problem);
        }

        return problems;
    }

    /// <summary>Whether a problem is one of those that no training may see.</summary>
    /// <param name="canonical">Its canonical form.</param>
    internal static bool IsHeldOut(string canonical) => StableHash.Of(canonical) % HeldOutShare == 0;

    private GeneratedProblem Next(int? mostSteps)
    {
        for (var failures = 0; failures < 1000; failures++)
        {
            var name = _random.Pick(_families);
            var family = name != Chain.FamilyName
                ? FamilyCatalog.Find(name)
                : _random.Pick(Split == Split.Recomposed ? FamilyCatalog.UnseenChains : FamilyCatalog.Chains);
            if (TryDraw(family, Math.Min(mostSteps ?? int.MaxValue, family.TrainedSteps)) is { } problem)
                return problem;
        }

        throw new InvalidOperationException(
            $"No problem of {string.Join(", ", _families.Distinct(StringComparer.Ordinal))} with at most "
                + $"{mostSteps?.ToString() ?? "any number of"} steps is in the split {Split}. Allow more steps or name more families.");
    }

    // Tries several times before the family is drawn again, so that families that reject often are not rarer for it.
    private GeneratedProblem? TryDraw(ProblemFamily family, int mostSteps)
    {
        for (var attempt = 0; attempt < 64; attempt++)
        {
            var steps = Split == Split.Longer
                ? _random.Between(family.TrainedSteps + 1, family.LongestSteps)
                : _random.Between(1, mostSteps);
            var trainedWordings = family.Wordings - ProblemFamily.UnseenWordings;
            var wording = Split == Split.Reworded
                ? trainedWordings + _random.Below(ProblemFamily.UnseenWordings)
                : _random.Below(trainedWordings);
            if (family.Draw(_random, steps) is not { } instance)
                continue;
            if (IsHeldOut(instance.Canonical) != (Split != Split.Train) && Split is not (Split.Longer or Split.Recomposed))
                continue;
            var problem = new GeneratedProblem(instance, family, Split, steps, wording);
            if (problem.Answer is >= 0 and <= 999)
                return problem;
        }

        return null;
    }
}
