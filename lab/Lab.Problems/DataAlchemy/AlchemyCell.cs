using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>One cell of the heat map: tasks that are shifted from the training data in the same way.</summary>
/// <param name="Composition">The functions applied.</param>
/// <param name="Length">Letters per element.</param>
/// <param name="Noise">Damage to the question; <see langword="null"/> for none.</param>
internal sealed record AlchemyCell(
    IReadOnlyList<Transformation> Composition, int Length = AlchemyGenerator.TrainedLength, AlchemyNoise? Noise = null)
{
    /// <summary>First word of <see cref="Problem.Source"/>; the clean question comes after it.</summary>
    public const string Source = "dataalchemy";

    private const int NoisePercent = 25;

    /// <summary>
    /// The published shifts, as seen from a model trained on f1f1 with four letters: task (four compositions of two
    /// functions), length (two to six letters, one and three functions), format (three kinds of noise on two targets).
    /// </summary>
    public static IReadOnlyList<AlchemyCell> Published { get; } =
    [
        .. Compositions("f1f1", "f1f2", "f2f1", "f2f2"),
        .. new[] { 2, 3, 5, 6 }.Select(length => new AlchemyCell(AlchemyTask.ParseComposition("f1f1"), length)),
        .. Compositions("f1", "f1f1f1"),
        .. from target in new[] { NoiseTarget.Element, NoiseTarget.Transformation }
           from kind in new[] { NoiseKind.Insert, NoiseKind.Delete, NoiseKind.Modify }
           select new AlchemyCell(AlchemyTask.ParseComposition("f1f1"), Noise: new AlchemyNoise(kind, target, NoisePercent)),
    ];

    /// <summary>Name, for instance <c>f1f2</c>, <c>f1f1 l=5</c> or <c>f1f1 insert element</c>.</summary>
    public string Name =>
        AlchemyTask.NameOf(Composition)
        + (Length == AlchemyGenerator.TrainedLength ? "" : $" l={Length}")
        + (Noise is null ? "" : $" {Noise.Kind} {Noise.Target}".ToLowerInvariant());

    /// <summary>Cells of <see cref="Published"/> by name; all when none is named.</summary>
    /// <exception cref="ArgumentException">There is no such cell; the message lists them.</exception>
    public static IReadOnlyList<AlchemyCell> Find(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count == 0 ? Published : [.. names.Select(name => Published.FirstOrDefault(cell => cell.Name == name)
            ?? throw new ArgumentException(
                $"DataAlchemy has no cell '{name}'; there are {string.Join(", ", Published.Select(cell => cell.Name))}.", nameof(names)))];
    }

    /// <summary>Different problems of this cell, on elements that are never trained on.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Problems; two letters have some eighty held-out elements, so there the rest are elements of the training share,
    /// which four-letter training never showed either.</param>
    /// <remarks><see cref="Problem.Topic"/> is the cell's name, <see cref="Problem.Difficulty"/> the number of functions.</remarks>
    public IEnumerable<Problem> Draw(ulong seed, int count)
    {
        var random = SeededRandom.For(seed, Name);
        var id = Name.Replace(' ', '-').Replace("=", "", StringComparison.Ordinal);
        var tasks = Held(seed, heldOut: true);
        if (Length < 3)
            tasks = tasks.Concat(Held(seed, heldOut: false));
        return tasks.Take(count)
            .Select((task, i) => new Problem($"{id}-{i + 1:0000}", Noise?.Damage(task, random) ?? task.Text, task.Answer)
            {
                Topic = Name,
                Difficulty = $"{Composition.Count}",
                Source = $"{Source} {task.Text}",
            });
    }

    // A million draws exhaust two letters and are far more than any other cell needs.
    private IEnumerable<AlchemyTask> Held(ulong seed, bool heldOut) =>
        new AlchemyGenerator(seed, heldOut).Draw([Composition], Length).Take(Length < 3 ? 20_000 : 1_000_000)
            .DistinctBy(task => task.Element);

    private static IEnumerable<AlchemyCell> Compositions(params string[] names) =>
        names.Select(name => new AlchemyCell(AlchemyTask.ParseComposition(name)));
}
