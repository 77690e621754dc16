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
    public static string Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set ? set : CacheFolder.Of("problems");

    /// <summary>The problems, and where they come from for a run's header.</summary>
    /// <exception cref="FileNotFoundException">There is neither such a file nor such a set.</exception>
    public static (ProblemSet Problems, IReadOnlyDictionary<string, string> Data) Read(string named)
    {
        var path = !File.Exists(named) && File.Exists(Imported(named)) ? Imported(named) : named;
        if (!File.Exists(path) && KnownSets.Find(named) is { } known)
            throw new FileNotFoundException($"{known.Title} is not imported yet. Get a copy and run: cogtools data import {named} --from FILE", path);
        var problems = ProblemFile.Read(path);
        var origin = ProblemOrigin.Beside(path);
        var data = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["file"] = Path.GetFileName(path),
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
            ["left out (figures)"] = (problems.FigureProblemsLeftOut + (origin?.FigureProblemsLeftOut ?? 0)).ToString(CultureInfo.InvariantCulture),
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

    private static string Imported(string name) => Path.Combine(Folder, name + ProblemImport.Ending);
}
