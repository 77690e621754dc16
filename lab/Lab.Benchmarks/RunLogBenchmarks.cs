using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Lab.Benchmarks;

/// <summary>Lines of a run's log, of a unit with four tool calls.</summary>
public class RunLogBenchmarks
{
    private const int Writers = 16;

    private static readonly UnitRecord Unit = new()
    {
        Problem = "aime-2024-i-07",
        Arm = "tools",
        Sample = 3,
        Seed = 123_456_789,
        Status = SampleStatus.Correct,
        Answer = "540",
        Gold = "540",
        Usage = new() { Prompt = 812, Generated = 407, ToolPrompt = 1_630, ToolGenerated = 355, Cached = 640 },
        Ms = 2_345.678,
        Calls = [.. Enumerable.Repeat(new CallRecord("understand_question", "Ok", 496, 301.25), 4)],
        Stop = "Answered",
        Transcript = new string('a', 64),
        Finished = DateTimeOffset.UnixEpoch,
    };

    private string _folder = "";
    private RunLog _log = null!;

    /// <summary>Begins a run in a temporary folder.</summary>
    [GlobalSetup]
    public void Begin()
    {
        _folder = Directory.CreateTempSubdirectory("cogtools-benchmark-").FullName;
        _log = RunLog.Open(_folder, Header(), TimeProvider.System);
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void End()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The JSON alone.</summary>
    [Benchmark]
    public byte[] Make_a_line() => JsonSerializer.SerializeToUtf8Bytes(Unit, RunFormat.Line<UnitRecord>());

    /// <summary>A line until it is on disk.</summary>
    [Benchmark]
    public Task Append_a_line() => _log.AppendAsync(Unit);

    /// <summary>A line, when sixteen callers append at once and share flushes.</summary>
    [Benchmark(OperationsPerInvoke = Writers)]
    public Task Append_a_line_of_sixteen_at_once() =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => _log.AppendAsync(Unit))));

    private static RunHeader Header() => new()
    {
        Id = "benchmark",
        Suite = Suite.FromArms("tools", "benchmark"),
        SuiteHash = "00",
        ProblemsHash = "00",
        ProblemIds = [Unit.Problem],
        Host = new Dictionary<string, string>(StringComparer.Ordinal),
        Toolkit = "0",
        Sessions = [],
    };
}
