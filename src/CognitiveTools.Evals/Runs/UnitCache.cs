using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// Units that earlier runs made, in a directory of their own, by everything that decides them: model facts, arm, question,
/// budget, temperature, seed and sample index. Verdicts are not kept: a unit from the cache is judged anew. Units that
/// failed are not kept either.
/// </summary>
internal sealed class UnitCache
{
    private const string Version = "v1";

    private readonly string _directory;

    public UnitCache(string directory) => _directory = Directory.CreateDirectory(directory).FullName;

    public static string Key(UnitKey unit, int seed, Suite suite, Arm arm, Problem problem, IReadOnlyDictionary<string, string> model) => FieldHash.Of(
    [
        Version,
        .. model.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"),
        arm.Reasoner.ToString(),
        arm.Model ?? "",
        problem.Id,
        problem.Text,
        string.Create(CultureInfo.InvariantCulture, $"{suite.Temperature:R} {seed} {unit.Sample}"),
        string.Create(CultureInfo.InvariantCulture, $"{suite.Budget.Positions} {suite.Budget.TokensPerTurn} {suite.Budget.ToolCalls} {suite.Budget.CallsPerTool} {suite.Budget.WallTime?.Ticks}"),
    ]);

    /// <summary>A kept unit: its wall time in milliseconds and its transcript; <see langword="null"/> when there is none.</summary>
    public (double Ms, byte[] Transcript)? Find(string key)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        var content = File.ReadAllBytes(path);
        const int Head = sizeof(double) + SHA256.HashSizeInBytes;

        // A file torn by a power cut is as good as none: the unit runs, and the file is written again.
        return content.Length > Head && SHA256.HashData(content.AsSpan(Head)).AsSpan().SequenceEqual(content.AsSpan(sizeof(double), SHA256.HashSizeInBytes))
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
