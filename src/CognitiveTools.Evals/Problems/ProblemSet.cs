using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Problems;

/// <summary>Problems in order, with unique ids.</summary>
public sealed class ProblemSet
{
    private const int MostDonors = 32;

    /// <summary>Creates a set.</summary>
    /// <exception cref="ArgumentException">An id appears twice.</exception>
    public ProblemSet(string name, IReadOnlyList<Problem> problems, int figureProblemsLeftOut = 0)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (problems.FirstOrDefault(p => !seen.Add(p.Id)) is { } twice)
        {
            throw new ArgumentException(
                $"Problem id '{TerminalText.Excerpt(twice.Id)}' appears twice in '{name}'. Give every problem its own id.",
                nameof(problems));
        }

        Name = name;
        Problems = problems;
        FigureProblemsLeftOut = figureProblemsLeftOut;
    }

    /// <summary>Name for people: the file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The problems in order.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Problems of the source that were left out because they need a figure.</summary>
    public int FigureProblemsLeftOut { get; }

    /// <summary>
    /// Hash over id, text and answer of every problem in order (lower-case hex). Depends on what is asked, not on how
    /// the file is laid out.
    /// </summary>
    public string Sha256 => Hash(Problems);

    /// <summary>
    /// Questions for controls that take thoughts or tool outputs from other problems: the first 32 of different text. Donors are of
    /// the same set, since donors from elsewhere would be recognisable by their style.
    /// </summary>
    public IReadOnlyList<Question> Donors =>
        [.. Problems.DistinctBy(problem => problem.Text).Take(MostDonors).Select(problem => new Question(problem.Id, problem.Text))];

    /// <summary>A part of the set: the first <paramref name="skip"/> are skipped, then at most <paramref name="take"/> kept.</summary>
    /// <param name="skip">Problems to skip.</param>
    /// <param name="take">Problems to keep; <see langword="null"/> keeps the rest.</param>
    /// <param name="shuffleSeed">Shuffles before skipping when given; the same seed gives the same order.</param>
    /// <exception cref="ArgumentException">Nothing is left.</exception>
    public ProblemSet Select(int skip = 0, int? take = null, int? shuffleSeed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        if (take is { } count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(take));
        var ordered = shuffleSeed is { } seed ? Shuffled(seed) : Problems;
        var rest = ordered.Skip(skip);
        var chosen = (take is { } n ? rest.Take(n) : rest).ToArray();
        return chosen.Length > 0
            ? new ProblemSet(Name, chosen, FigureProblemsLeftOut)
            : throw new ArgumentException($"'{Name}' has {Problems.Count} problems; skipping {skip} leaves none.", nameof(skip));
    }

    /// <summary>The hash of a list of problems, as <see cref="Sha256"/> gives it.</summary>
    public static string Hash(IEnumerable<Problem> problems) =>
        FieldHash.Of(problems.SelectMany(problem => new[] { problem.Id, problem.Text, problem.Answer }));

    // Sorting by a hash of seed and id keeps the order independent of the runtime's random generator.
    private Problem[] Shuffled(int seed) =>
        [.. Problems
            .Select(p => (Problem: p, Key: Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{p.Id}")))))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Problem)];
}
