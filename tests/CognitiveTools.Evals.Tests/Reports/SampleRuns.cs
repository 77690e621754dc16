using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Reports;

/// <summary>Runs whose figures are known.</summary>
internal static class SampleRuns
{
    public const string Hostile = "Is $a<b$? </script><script>alert(1)</script> <img src=x onerror=alert(1)> {{data}}";

    /// <summary>
    /// Six problems, three arms. direct is right on p1, p2, p3; cot on p1, p2, p4, p5; tools on all. So from direct to cot
    /// two problems are gained, one is lost, two stay right and one stays wrong.
    /// </summary>
    public static Task<RunResult> SmallAsync(string directory, int samples = 1, CancellationToken cancellationToken = default)
    {
        Problem[] problems = [.. Enumerable.Range(1, 6).Select(i => new Problem($"p{i}", i == 1 ? Hostile : $"What is {i}?", $"{i}")
        {
            Topic = i % 2 == 0 ? "even" : "odd",
            Difficulty = $"{(i + 1) / 2}",
            Cluster = i < 4 ? "AIME-2022" : "AIME-2025",
        })];
        var catalog = ScriptedReasoner.Catalog(
            ("direct", Answering("p1", "p2", "p3")),
            ("cot", Answering("p1", "p2", "p4", "p5")),
            ("tools", new ScriptedReasoner((question, _, _) => Task.FromResult(WithTool(question)))));
        var suite = Suite.FromArms("direct,cot,tools") with { Samples = samples, Temperature = samples > 1 ? 1 : 0 };
        var options = new RunOptions { Directory = directory };
        return EvalRun.ExecuteAsync(suite, problems, catalog, options, cancellationToken: cancellationToken);
    }

    /// <summary>20,000 units: 500 problems, 8 arms, 5 samples, with transcripts of an ordinary length.</summary>
    public static RunResult Large(RunResult small, string directory)
    {
        const int Problems = 500, Arms = 8, Samples = 5, Texts = 400;
        var random = new Random(7);
        var store = new TranscriptStore(directory);
        store.Clean();
        var transcripts = Enumerable.Range(0, Texts).Select(i =>
        {
            var said = string.Join(' ', Enumerable.Range(0, 300).Select(_ => random.Next(1000)));
            return store.Store(Transcript.Write(new Problem($"p{i}", "?", "1"), ScriptedReasoner.Said($"{said}\nANSWER: 1")));
        }).ToArray();
        Problem[] problems = [.. Enumerable.Range(0, Problems).Select(i =>
            new Problem($"problem-{i:000}", $"What is {i}? " + new string('x', 300), $"{i}") { Topic = $"topic {i % 12}" })];
        RunFiles.WriteProblems(directory, problems);
        var header = small.Header with
        {
            Id = "large",
            ProblemIds = [.. problems.Select(p => p.Id)],
            Suite = small.Header.Suite with
            {
                Samples = Samples,
                Baseline = "arm 0",
                Arms = [.. Enumerable.Range(0, Arms).Select(a => new Arm($"arm {a}", ReasonerSpec.Parse("cot"), a == 7 ? "arm 6" : null))],
            },
        };
        var template = small.Units[0];
        var units = RunPlan.Keys(header).Select((key, i) =>
        {
            var right = random.NextDouble() < 0.4 + (0.05 * (key.Arm[^1] - '0'));
            return template with
            {
                Problem = key.Problem,
                Arm = key.Arm,
                Sample = key.Sample,
                Status = right ? SampleStatus.Correct : (SampleStatus)random.Next(1, 4),
                Answer = right ? key.Problem[8..] : $"{random.Next(100)}",
                Gold = key.Problem[8..],
                Usage = new Usage { Prompt = random.Next(40, 200), Generated = random.Next(10, 2000) },
                Ms = random.Next(10, 90_000),
                Transcript = transcripts[i % Texts],
            };
        });
        return new RunResult(directory, header, [.. units]);
    }

    private static ScriptedReasoner Answering(params string[] right) =>
        new(question => right.Contains(question.Id, StringComparer.Ordinal) ? $"I think so.\nANSWER: {question.Id[1..]}" : "ANSWER: 99");

    private static Reasoning WithTool(Question question) => new(
        $"ANSWER: {question.Id[1..]}",
        [
            new Said("Let me look at it first."),
            new Called("understand_question", """{"question":"what"}""", "Answered", "It asks for <b>a number</b>.")
            {
                Usage = new Usage { ToolPrompt = 30, ToolGenerated = 12 },
            },
            new Thought(0, "embedding", 1.5, 0.25, [new TokenShare(" six", 0.75), new TokenShare("<|end|>", 0.125)]),
            new Thought(1, "embedding", double.NaN, 0.5, [new TokenShare(" ten", 0.5)]),
            new Said($"ANSWER: {question.Id[1..]}"),
        ],
        new Usage { Prompt = 60, Generated = 24, Latent = 2, ToolPrompt = 30, ToolGenerated = 12 },
        StopReason.Completed);
}
