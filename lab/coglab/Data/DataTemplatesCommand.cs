using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Templates;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary><c>coglab data templates</c>: original problems with other numbers and other answers, as a problem file.</summary>
internal static class DataTemplatesCommand
{
    private static readonly Option<int> Seed = DataOptions.Whole("--seed", "Fixes which numbers are put in", 1, least: 0);

    private static readonly Option<FileInfo?> Output = new("--out", "-o")
    {
        Description = "File to write; printed when left out",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("templates", "Generate a variant of every original problem that has a template, one JSON object a line")
        {
            Seed, Output,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var seed = parse.GetValue(Seed);
            var variants = TemplateCatalog.All.Select(template =>
            {
                var variant = template.Instance((ulong)seed).Variant;
                return new Problem($"{template.Id}-{seed}", variant.Text, $"{variant.Answer}")
                {
                    Topic = template.Topic,
                    Source = template.OriginalId,
                };
            });
            await DataOptions.WriteAsync(parse, Output, new ProblemSet($"templates-{seed}", [.. variants]), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
