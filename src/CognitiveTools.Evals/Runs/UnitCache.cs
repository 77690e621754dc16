using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Files;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// Units that earlier runs made, in a directory of their own, by everything that decides them: the run's facts, the arm, the
/// problem and the options of the solve. Verdicts are not kept: a unit from the cache is judged anew. Units that failed are not
/// kept either.
/// </summary>
internal sealed class UnitCache
{
    private const int HashSize = SHA256.HashSizeInBytes;
    private const string Version = "v2";

    private readonly string _directory;

    public UnitCache(string directory) => _directory =
        NewFolder.Make(directory, "The cache of units", "Choose another folder with --cache (RunOptions.Cache).");

    /// <summary>The key of a unit. The sample index is in it besides the seed, which derives from it.</summary>
    public static string Key(UnitKey unit, SolveOptions options, Arm arm, Problem problem, RunFacts facts) => FieldHash.Of(
    [
        Version,
        facts.TextOf(arm.Name),
        arm.Reasoner.ToString(),
        arm.Model ?? "",
        problem.Id,
        problem.Text,
        problem.Answer,
        $"{options.Budget}", // a record writes all its properties
        string.Create(CultureInfo.InvariantCulture, $"{options.Temperature:R} {options.Seed} {unit.Sample}"),
    ]);

    /// <summary>A kept unit: its wall time in milliseconds and its transcript; <see langword="null"/> if it is missing.</summary>
    public (double Ms, byte[] Transcript)? Find(string key)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        var content = File.ReadAllBytes(path);
        const int Head = sizeof(double) + HashSize;

        // A file torn by a power cut counts as missing: the unit runs, and the file is written again.
        return content.Length > Head
            && SHA256.HashData(content.AsSpan(Head)).AsSpan().SequenceEqual(content.AsSpan(sizeof(double), HashSize))
            ? (BinaryPrimitives.ReadDoubleLittleEndian(content), content[Head..])
            : null;
    }

    public void Keep(string key, double ms, byte[] transcript)
    {
        var head = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(head, ms);
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, [.. head, .. SHA256.HashData(transcript), .. transcript], flushToDisk: false);
    }

    private string PathOf(string key) => Path.Combine(_directory, key[..2], key);
}
