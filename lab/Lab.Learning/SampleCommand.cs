using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab sample</c>: a model's own solutions, from which a later corpus takes its errors.</summary>
internal static class SampleCommand
{
    private const int ProblemsAtOnce = 512;

    private static readonly Argument<FileInfo> Run = TrainedModel.Run();

    private static readonly Option<FileInfo> Weights = TrainedModel.Weights();

    private static readonly Option<FileInfo> Output = new("--out", "-o")
    {
        Description = "File to write, one JSON object a line",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<int> Count = new Option<int>("--count")
    {
        Description = "Problems to solve; all wrong solutions are kept, and half as many right ones",
        DefaultValueFactory = static _ => 20_000,
    }.Within(1, 10_000_000);

    private static readonly Option<int> Seed = new Option<int>("--seed")
    {
        Description = "Fixes problems and solutions",
        DefaultValueFactory = static _ => 1,
    }.Within(0, int.MaxValue);

    private static readonly Option<double> Temperature = new Option<double>("--temperature")
    {
        Description = "Temperature of the solutions",
        DefaultValueFactory = static _ => 0.8,
    }.Within(0.01, 10);

    private static readonly Option<int?> Problem = new Option<int?>("--problem")
    {
        Description = "Solve problem N alone, counted from 0, --count times; every solution that can be graded is kept",
        HelpName = "N",
    }.Within(0, 10_000_000);

    public static Command Create()
    {
        var command = new Command("sample", "Write a model's own solutions of training problems, for a corpus with its errors")
        {
            Run, Weights, Output, Count, Seed, Temperature, Problem,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            torch.set_num_threads(1);
            var run = RunFile.Read(parse.GetValue(Run)!.FullName);
            using var network = run.Load(parse.GetValue(Weights)!.FullName);
            var seed = (ulong)parse.GetValue(Seed);
            var sampler = new Sampler(network, run.Words.Control(MiniVocabulary.MessageEnd))
            {
                Limit = 200,
                Temperature = parse.GetValue(Temperature),
                Random = SeededRandom.For(seed, "solutions"),
            };
            var kept = new List<(int Problem, string Text)>();
            var (wrong, right, unread, number) = (0, 0, 0, 0);
            var drawn = new ProblemGenerator(seed, Split.Train).Draw();
            var only = parse.GetValue(Problem);
            if (only is { } chosen)
                drawn = Enumerable.Repeat(drawn.ElementAt(chosen), parse.GetValue(Count));
            foreach (var problems in drawn.Take(parse.GetValue(Count)).Chunk(ProblemsAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var texts = sampler.Continue([.. problems.Select(problem => Prompt(problem, run.Words))]);
                for (var i = 0; i < problems.Length; i++, number++)
                {
                    var text = run.Words.Decode(texts[i]);
                    var graded = SampledSolution.Grade(problems[i], text);
                    unread += graded is null ? 1 : 0;
                    wrong += graded?.Flaw is null ? 0 : 1;
                    right += graded is { Flaw: null } ? 1 : 0;
                    if (graded is { Flaw: not null } || (graded is not null && (only is not null || kept.Count < wrong + wrong / 2)))
                        kept.Add((only ?? number, text));
                }
            }

            SampledSolution.Write(parse.GetValue(Output)!.FullName, seed, kept);
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                $"{parse.GetValue(Output)}: kept {kept.Count:N0} of {number:N0} solutions; {right:N0} were right, {wrong:N0} wrong, "
                    + $"{unread:N0} not readable");
            return ExitCodes.Success;
        });
        return command;
    }

    private static int[] Prompt(GeneratedProblem problem, MiniVocabulary words)
    {
        var tokens = Corpus.Tokens(MiniFormats.ChainOfThought(problem), words);
        return [.. tokens.TakeWhile(static token => !token.Learned).Select(static token => token.Id)];
    }
}
