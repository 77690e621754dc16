using System.Security.Cryptography;
using System.Text.Json;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Grains;

/// <summary>Headers, problems and results as bytes. The forms are those of the run's files.</summary>
internal static class Wire
{
    public static byte[] Write(RunHeader header) => JsonSerializer.SerializeToUtf8Bytes(header, RunFormat.Line<RunHeader>());

    public static RunHeader ReadHeader(byte[] header) => JsonSerializer.Deserialize(header, RunFormat.Line<RunHeader>())!;

    public static byte[] Write(UnitRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, RunFormat.Line<UnitRecord>());

    public static UnitRecord ReadRecord(byte[] record) => JsonSerializer.Deserialize(record, RunFormat.Line<UnitRecord>())!;

    // A problem at a time: a problem file's reader accepts more and would change some of them.
    public static byte[] Write(IReadOnlyCollection<Problem> problems) =>
        JsonSerializer.SerializeToUtf8Bytes(
            problems.Select(static p => JsonSerializer.SerializeToElement(p, ProblemJson.Default.Problem)).ToArray());

    public static IReadOnlyList<Problem> ReadProblems(byte[] problems)
    {
        using var json = JsonDocument.Parse(problems);
        return [.. json.RootElement.EnumerateArray().Select(static p => p.Deserialize(ProblemJson.Default.Problem)!)];
    }

    public static UnitResult Write(UnitOutcome outcome)
    {
        var record = Write(outcome.Record);
        return new UnitResult(outcome.Record.Key, Hash(record, outcome.Transcript), record, outcome.Transcript, outcome.Record.Ms);
    }

    /// <summary>The result, if it came as it was sent; <see langword="null"/> otherwise.</summary>
    public static UnitOutcome? Read(UnitResult result)
    {
        if (Hash(result.Record, result.Transcript) != result.Hash)
            return null;
        var record = ReadRecord(result.Record);
        return record.Key == (UnitKey)result.Unit ? new UnitOutcome(record, result.Transcript) : null;
    }

    public static byte[] Write(IReadOnlyList<UnitActivity> units) =>
        JsonSerializer.SerializeToUtf8Bytes(units, RunFormat.Line<IReadOnlyList<UnitActivity>>());

    public static IReadOnlyList<UnitActivity> ReadUnits(byte[] units) =>
        units.Length == 0 ? [] : JsonSerializer.Deserialize(units, RunFormat.Line<IReadOnlyList<UnitActivity>>())!;

    /// <summary>The part of a run's problems that a problem belongs to.</summary>
    public static int ShardOf(string problem, int shards) => (int)((uint)new UnitKey(problem, "", 0).Seed(0) % shards);

    /// <summary>How many parts a run has: few enough that each has work for all, many enough for several silos.</summary>
    public static int Shards(int problems) => Math.Clamp(problems / 64, 1, 16);

    private static string Hash(byte[] record, byte[]? transcript)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(record.Length));
        hash.AppendData(record);
        hash.AppendData(transcript ?? []);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
