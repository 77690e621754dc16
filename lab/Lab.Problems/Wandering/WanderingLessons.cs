using CognitiveTools.Evals.Wandering;
using CognitiveTools.Lab.Problems.Traced;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Wandering;

/// <summary>What small models are taught of wandering: three kinds of search, with short traces. Factors need division.</summary>
internal static class WanderingLessons
{
    /// <summary>Family of the training conversations.</summary>
    public const string Family = "wandering";

    /// <summary>Lines of a taught trace at most.</summary>
    public const int MostLines = 40;

    /// <summary>Lines of the longer traces at most.</summary>
    public const int MostLongerLines = 80;

    private const ulong HeldOutShare = 8;

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [WindowMaximum.Kind, MultisetPermutations.Kind, FloodFill.Kind];

    /// <summary>The kinds of which there are traces longer than the taught ones.</summary>
    public static IReadOnlyList<string> LongerKinds { get; } = [MultisetPermutations.Kind, FloodFill.Kind];

    /// <summary>Different tasks of one kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="heldOut">Tasks never trained on, or those to train on; a hash of the specification decides.</param>
    /// <param name="isLonger">Whether traces are longer than the taught ones.</param>
    public static IEnumerable<WanderingTask> Draw(string kind, ulong seed, bool heldOut, bool isLonger = false) =>
        WanderingGenerator.Draw(kind, seed).Where(task =>
            StableHash.Of(task.Specification) % HeldOutShare == 0 == heldOut
            && task.PerfectTrace.Count is var lines && (isLonger ? lines is > MostLines and <= MostLongerLines : lines <= MostLines));

    /// <summary>Problems without end, one kind after the other; a kind that runs out begins anew.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="heldOut">As for <see cref="Draw(string, ulong, bool, bool)"/>.</param>
    public static IEnumerable<TracedProblem> Draw(ulong seed, bool heldOut)
    {
        var drawn = Kinds.Select(kind => Endless(kind).GetEnumerator()).ToArray();
        while (true)
        {
            foreach (var one in drawn)
            {
                one.MoveNext();
                yield return new TracedProblem(
                    Family, one.Current.Text, one.Current.PerfectTrace, '\n', $"{TraceChecker.End}\n", $"{one.Current.Answer}");
            }
        }

        IEnumerable<WanderingTask> Endless(string kind)
        {
            while (true)
            {
                foreach (var task in Draw(kind, seed, heldOut))
                    yield return task;
            }
        }
    }
}
