using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary><c>coglab data corpora</c>: the token files that <c>models/training</c> learns from.</summary>
internal static class DataCorporaCommand
{
    private const string ShippedPlan = "models/training/corpora.yaml";

    private static readonly Option<string?> Plan = new("--plan")
    {
        Description = $"The corpora to write ({ShippedPlan} by default)",
        HelpName = "FILE",
    };

    private static readonly Option<DirectoryInfo> Output = new("--out", "-o")
    {
        Description = "Folder to write to",
        Required = true,
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command("corpora", "Write the training corpora, token by token as the models see them") { Plan, Output };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var plan = CorpusPlan.Read(parse.GetValue(Plan) ?? BundledFiles.Find(ShippedPlan));
            var vocabulary = MiniVocabulary.Parse(await File.ReadAllTextAsync(plan.Vocabulary, cancellationToken));
            var folder = parse.GetValue(Output)!.FullName;
            Directory.CreateDirectory(folder);
            foreach (var corpus in plan.Corpora)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await using var file = File.Create(Path.Combine(folder, corpus.File));
                var tokens = Corpus.Write(file, corpus.Converse(), vocabulary);
                await parse.InvocationConfiguration.Output.WriteLineAsync(
                    $"{corpus.File}: {corpus.Options.Count:N0} conversations, {tokens:N0} tokens");
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
