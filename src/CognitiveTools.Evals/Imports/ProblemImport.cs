using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Imports;

/// <summary>Imports a published problem set into the user's own folder, checked, in one format.</summary>
internal static class ProblemImport
{
    /// <summary>Ending of imported sets.</summary>
    public const string Ending = ".jsonl";

    /// <summary>Reads a file, checks it against what is known of the set, and writes it with its origin.</summary>
    /// <param name="name">Name of the set; one of <see cref="KnownSets"/>, or a new one.</param>
    /// <param name="file">The file as it came.</param>
    /// <param name="from">The file or address it came from, for the record.</param>
    /// <param name="folder">Where imported sets are kept; created when missing.</param>
    /// <param name="time">Clock.</param>
    /// <param name="acceptUnknown">Whether a known set is accepted although neither its file nor its answers are the checked ones.</param>
    /// <returns>Where the set was written, what it came from, and what to know about it.</returns>
    /// <exception cref="ArgumentException">The name cannot be a file's name.</exception>
    /// <exception cref="InvalidDataException">A row cannot be used, or the set is not the known one; nothing was written.</exception>
    public static ImportedSet Run(string name, string file, string from, string folder, TimeProvider time, bool acceptUnknown = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || name[0] == '.')
            throw new ArgumentException($"'{name}' cannot name a set. Use letters, digits, '-', '_' and '.'.", nameof(name));
        var set = ProblemFile.Read(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        var (pinned, notes) = Check(KnownSets.Find(name), set, hash, acceptUnknown);
        var origin = new ProblemOrigin
        {
            Set = name,
            From = from,
            Sha256 = hash,
            Pinned = pinned,
            Problems = set.Problems.Count,
            FigureProblemsLeftOut = set.FigureProblemsLeftOut,
            Imported = time.GetUtcNow(),
        };
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name + Ending);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(ProblemFile.Write(set.Problems)));
        AtomicFile.Write(ProblemOrigin.PathBeside(path), origin.ToJson());
        return new ImportedSet(path, origin, notes);
    }

    /// <summary>Hash of the sorted answers (lower-case hex); whole numbers are normalised, other answers only trimmed.</summary>
    public static string HashAnswers(IEnumerable<Problem> problems)
    {
        var answers = problems.Select(p => AnswerKinds.Integer.NormalizeGold(p.Answer) ?? p.Answer.Trim()).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', answers))));
    }

    private static (string Pinned, IReadOnlyList<string> Notes) Check(KnownSet? known, ProblemSet set, string hash, bool acceptUnknown)
    {
        if (known is null)
        {
            var names = string.Join(", ", KnownSets.All.Select(s => s.Name));
            return ("none", [$"No set of this name is known, so only the format was checked. Known: {names}."]);
        }

        string[] notes = [.. new[] { known.Rights, known.Errata }.Where(note => note.Length > 0)];
        if (known.Files.ContainsKey(hash))
            return ("file", notes);
        var answers = HashAnswers(set.Problems);
        if (answers == known.AnswersSha256)
            return ("answers", [.. notes, "The answers are the checked ones, the file is another mirror; wordings may differ."]);
        if (acceptUnknown)
            return ("none", [.. notes, "Neither the file nor the answers are the checked ones."]);
        var count = set.Problems.Count == known.Problems ? "" : $" It has {set.Problems.Count} problems instead of {known.Problems}.";
        throw new InvalidDataException(
            $"This is not '{known.Name}' as it was checked: the file's SHA-256 is {hash}, that of its answers {answers}.{count} "
            + $"{known.Errata} Get a checked file ({string.Join("; ", known.Files.Values)}), or import it with --accept-unknown.");
    }
}

/// <summary>A set that was imported.</summary>
/// <param name="Path">The file written.</param>
/// <param name="Origin">What it came from.</param>
/// <param name="Notes">What to know about it.</param>
internal sealed record ImportedSet(string Path, ProblemOrigin Origin, IReadOnlyList<string> Notes);
