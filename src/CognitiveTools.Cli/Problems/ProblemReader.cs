using System.Globalization;
using System.Security.Cryptography;
using CognitiveTools.Evals.Imports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Files;

namespace CognitiveTools.Cli.Problems;

/// <summary>Reads the problems that a command names: a file, or a set imported earlier.</summary>
internal static class ProblemReader
{
    /// <summary>Environment variable that moves the folder of imported sets.</summary>
    public const string FolderVariable = "COGTOOLS_PROBLEMS";

    /// <summary>Where imported sets are kept.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set ? set : CacheFolder.Of("problems");

    /// <summary>The sets that can be named: those that come with the tool, then those that were imported.</summary>
    public static IReadOnlyList<string> Names => [.. ShippedData.Problems.Names, .. ImportedNames()];

    /// <summary>The problems, and their origin, for a run's header.</summary>
    /// <param name="named">A file, or the name of a set that was imported or comes with the tool, or several joined by <c>+</c>.</param>
    /// <exception cref="FileNotFoundException">There is neither such a file nor such a set.</exception>
    /// <exception cref="ArgumentException">A problem's id is in two of the files.</exception>
    public static (ProblemSet Problems, IReadOnlyDictionary<string, string> Data) Read(string named)
    {
        var names = ProblemNames.Split(named);
        RefuseMissing(names);
        if (names is [var single])
            return ReadOne(single);
        var parts = names.Select(ReadOne).ToArray();
        var all = new ProblemSet(
            string.Join('+', parts.Select(part => part.Problems.Name)),
            [.. parts.SelectMany(part => part.Problems.Problems)],
            parts.Sum(part => part.Problems.FigureProblemsLeftOut));
        var data = parts.SelectMany(part => part.Data.Select(fact => KeyValuePair.Create($"{part.Problems.Name}: {fact.Key}", fact.Value)));
        return (all, new SortedDictionary<string, string>(data.ToDictionary(), StringComparer.Ordinal));
    }

    // All sets at once, so that nobody imports one and is then told of the next.
    private static void RefuseMissing(IReadOnlyList<string> names)
    {
        var missing = names.Where(name => Find(name) is null).Select(KnownSets.Find).OfType<KnownSet>().ToArray();
        if (missing.Length == 0)
            return;
        var commands = missing.Select(set =>
            $"cogtools data import {set.Name} --from FILE (a checked copy: {string.Join("; ", set.Files.Values)})");
        throw new FileNotFoundException(
            $"Not imported yet: {string.Join(", ", missing.Select(set => set.Title))}. The texts are not part of the toolkit. "
            + "Get a file with the fields id, problem and answer (JSON Lines, CSV or Parquet), then run: "
            + string.Join("; then ", commands),
            missing[0].Name);
    }

    private static (ProblemSet Problems, IReadOnlyDictionary<string, string> Data) ReadOne(string name)
    {
        var path = PathOf(name);
        var problems = ProblemFile.Read(path);
        var origin = ProblemOrigin.Beside(path);
        var leftOut = problems.FigureProblemsLeftOut + (origin?.FigureProblemsLeftOut ?? 0);
        var data = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["file"] = Path.GetFileName(path),
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
            ["left out (figures)"] = leftOut.ToString(CultureInfo.InvariantCulture),
        };
        if (origin is not null)
        {
            data["set"] = origin.Set;
            data["from"] = origin.From;
            data["source sha256"] = origin.Sha256;
            data["pinned"] = origin.Pinned;
        }

        return (problems, data);
    }

    private static string PathOf(string name) => Find(name) ?? throw ShippedData.Problems.Unknown(name, [.. ImportedNames()]);

    private static string? Find(string name) =>
        File.Exists(name) ? name
        : ImportedNames().Contains(name, StringComparer.Ordinal) ? Path.Combine(Folder, name + ProblemImport.Ending)
        : ShippedData.Problems.Find(name);

    private static IEnumerable<string> ImportedNames() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*" + ProblemImport.Ending)
            .Select(static file => Path.GetFileName(file)[..^ProblemImport.Ending.Length])
            .Order(StringComparer.Ordinal)
        : [];
}
