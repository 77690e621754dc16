using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Hosting;
using CognitiveTools.Lab.Commands.Data;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Probes;
using CognitiveTools.Prompts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models examine</c>: where an examination goes wrong.</summary>
internal static class ModelsExamineCommand
{
    private const int MostTokens = 256;

    private static readonly Argument<string> Model = new("model") { Description = "A second edition of mini: its name or its GGUF file" };

    private static readonly Option<string> Split = new("--split")
    {
        Description = "Which problems",
        DefaultValueFactory = static _ => "heldOut",
    };

    private static readonly Option<int> Seed = DataOptions.Whole("--seed", "Fixes problems and slips", 2031, least: 0);

    private static readonly Option<int> Count = DataOptions.Whole("--count", "Problems", 300, least: 1, most: 100_000);

    private static readonly Option<int?> Wordings = DataOptions.Wordings();

    public static Command Create()
    {
        var command = new Command("examine", "Measure where a model's examinations of solutions go wrong")
        {
            Model, Split, Seed, Count, Wordings,
        };
        Split.AcceptOnlyFromAmong(["train", "heldOut", "longer", "reworded"]);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var split = Enum.Parse<Split>(parse.GetValue(Split)!, ignoreCase: true);
            var seed = (ulong)parse.GetValue(Seed);
            var problems = new ProblemGenerator(seed, split).Distinct(parse.GetValue(Count));
            if (parse.GetValue(Wordings) is { } wordings)
                problems = [.. problems.Select(problem => problem.InFirstWordings(wordings))];
            await using var host = ModelHost.Create(new ModelChoice { Reference = parse.GetValue(Model), Profile = "mini" });
            var client = host.Services.GetRequiredKeyedService<IChatClient>(ServiceKeys.Verbal);
            var profile = host.Services.GetRequiredService<PromptProfile>();
            var probe = new ExamineProbe(
                (question, token) => AskAsync("cot", [("question", question)], token),
                (question, answer, steps, token) => AskAsync(
                    "examine_answer", [("question", question), ("current_proposed_answer", answer), ("current_reasoning", steps)], token));
            foreach (var row in await probe.MeasureAsync(problems, seed, cancellationToken))
                await parse.InvocationConfiguration.Output.WriteLineAsync(Line(row));
            return ExitCodes.Success;

            async Task<string> AskAsync(string prompt, (string Key, string Value)[] values, CancellationToken token)
            {
                var messages = profile.Render(prompt, values.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
                var options = new ChatOptions { Temperature = 0, MaxOutputTokens = MostTokens };
                return (await client.GetResponseAsync(messages, options, token)).Text;
            }
        });
        return command;
    }

    private static string Line(ExamineRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Origin}: {row.Solutions} solutions, {row.Flawed} wrong; called incorrect: {row.Caught} of the wrong ones "
            + $"({row.Located} at the right step), {row.FalseAlarms} of the right ones; without a verdict: {row.Unread}. Steps worked out "
            + $"again: {row.RightLines} of {row.Lines} right, {row.Copied} copied from the wrong step given; of {row.Differing} right ones "
            + $"that differ from what was given {row.MarkedWrong} are marked wrong");
}
