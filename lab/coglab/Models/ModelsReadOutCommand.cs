using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Lab.Commands.Data;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Lab.Training.Probes;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models readout</c>: whether thoughts hold intermediate results.</summary>
internal static class ModelsReadOutCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "A latent sibling of mini: its name or its GGUF file" };

    private static readonly Option<int> Thoughts = DataOptions.Whole("--thoughts", "Thoughts per problem", 12, least: 1, most: 200);

    private static readonly Option<int> Count =
        DataOptions.Whole("--count", "Held-out problems that are read", 600, least: 1, most: 100_000);

    private static readonly Option<int> Fitted =
        DataOptions.Whole("--fitted", "Training problems that the maps are fitted on", 3000, least: 1, most: 1_000_000);

    private static readonly Option<int> Seed = DataOptions.Whole("--seed", "Fixes the problems", 2032, least: 0);

    private static readonly Option<string?> Families = DataOptions.Families();

    private static readonly Option<int?> Wordings = DataOptions.Wordings();

    private static readonly Option<bool> Pause = new("--pause")
    {
        Description = "Feed the pause token in place of each thought, as the pause control does",
    };

    public static Command Create()
    {
        var command = new Command("readout", "Measure whether thoughts hold the intermediate results of a problem")
        {
            Model, Thoughts, Count, Fitted, Seed, Families, Wordings, Pause,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            await using var host = ModelHost.Create(new ModelChoice { Reference = parse.GetValue(Model), Profile = "mini" });
            var model = host.Services.GetRequiredService<ILatentModel>();
            var profile = host.Services.GetRequiredService<PromptProfile>();
            var probe = new ReadOutProbe(
                model,
                LatentPrompt.Of(profile),
                Token(MiniVocabulary.LatentStart),
                parse.GetValue(Pause) ? Token(MiniVocabulary.Pause) : null);
            var rows = await probe.MeasureAsync(
                Draw(Split.Train, Fitted), Draw(Split.HeldOut, Count), parse.GetValue(Thoughts), cancellationToken);
            foreach (var row in rows)
                await parse.InvocationConfiguration.Output.WriteLineAsync(Line(row));
            return ExitCodes.Success;

            int Token(string text) => model.Tokenizer.Find(text)
                ?? throw new InvalidOperationException($"The model has no token {text}. Name a latent sibling of mini.");

            IReadOnlyList<GeneratedProblem> Draw(Split split, Option<int> count) =>
            [
                .. new ProblemGenerator((ulong)parse.GetValue(Seed), split, DataOptions.Names(parse.GetValue(Families)))
                    .Distinct(parse.GetValue(count), parse.GetValue(Thoughts))
                    .Select(problem => problem.InFirstWordings(parse.GetValue(Wordings) ?? int.MaxValue)),
            ];
        });
        return command;
    }

    private static string Line(ReadOutRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"thought {row.Thought}: {Share(row.Right, row)} of {row.Problems} results are read right; by a map fitted on shuffled results "
            + $"{Share(row.Shuffled, row)}, by the commonest result {Share(row.Commonest, row)} (fitted on {row.Fitted})");

    private static string Share(int right, ReadOutRow row) =>
        (100.0 * right / row.Problems).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
