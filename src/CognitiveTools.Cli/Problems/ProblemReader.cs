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
    /// <param name="named">A file, or the name of a set that was imported or comes with the tool.</param>
    /// <exception cref="FileNotFoundException">There is neither such a file nor such a set.</exception>
    public static (ProblemSet Problems, IReadOnlyDictionary<string, string> Data) Read(string named)
    {
        var path = PathOf(named);
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

    private static string PathOf(string named)
    {
        if (File.Exists(named))
            return named;
        if (ImportedNames().Contains(named, StringComparer.Ordinal))
            return Path.Combine(Folder, named + ProblemImport.Ending);
        return ShippedData.Problems.Find(named) ?? throw (KnownSets.Find(named) is { } known
            ? new FileNotFoundException(
                $"{known.Title} is not imported yet. Get a copy and run: cogtools data import {named} --from FILE", named)
            : ShippedData.Problems.Unknown(named, [.. ImportedNames()]));
    }

    private static IEnumerable<string> ImportedNames() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*" + ProblemImport.Ending)
            .Select(static file => Path.GetFileName(file)[..^ProblemImport.Ending.Length])
            .Order(StringComparer.Ordinal)
        : [];
}
