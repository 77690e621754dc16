using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Lab.Training.Cards;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Lab.Training.Probes;
using CognitiveTools.Latents;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models verify</c>: measures the figures of model cards again.</summary>
internal static class ModelsVerifyCommand
{
    // Problems of the training distribution that no figure is measured on.
    private static readonly CardData Donors = new("heldOut", 99, 32);

    private static readonly Argument<string[]> Names = new("models")
    {
        Description = "Models with a card; all of them when left out",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Update = new("--update")
    {
        Description = "Write what was measured, and the hash of the weights, into the card",
    };

    private static readonly Option<int?> Threads = new Option<int?>("--threads")
    {
        Description = "Threads of a decode",
        HelpName = "N",
    }.Within(1, 1024);

    public static Command Create()
    {
        var command = new Command("verify", "Measure the figures of the model cards again") { Names, Update, Threads };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var agree = true;
            var names = parse.GetValue(Names) is { Length: > 0 } named ? named : ShippedCards.Names();
            foreach (var name in names)
            {
                var card = ShippedCards.Find(name)
                    ?? throw new FileNotFoundException(
                        $"Model '{name}' has no card. Models with one: {string.Join(", ", ShippedCards.Names())}.");
                agree &= await VerifyAsync(name, card, parse.GetValue(Threads), parse.GetValue(Update), output, cancellationToken);
            }

            return agree ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    private static async Task<bool> VerifyAsync(
        string name, ShippedCard shipped, int? threads, bool update, TextWriter output, CancellationToken cancellationToken)
    {
        var (path, card) = shipped;
        var donors = Donors.Draw().Problems.Select(problem => new Question(problem.Id, problem.Text)).ToArray();
        // After new training, the weights are not those of the catalog, so they go by their path until it states their hash.
        var reference = update ? new ModelStore(ModelCatalog.Load()).Resolve(name).Path : name;
        await using var host =
            ModelHost.Create(new ModelChoice { Reference = reference, Profile = card.Profile, Threads = threads }, donors);
        var hash = await FileHash.OfAsync(host.Model.Path, cancellationToken);
        if (hash != card.Sha256 && !update)
        {
            await output.WriteLineAsync(
                $"{name}: the weights are not those of the card (SHA-256 {hash}, card {card.Sha256}). Restore {host.Model.Path}, or "
                    + "measure them with --update.");
            return false;
        }

        await output.WriteLineAsync($"{name}: {card.Figures.Count} figures");
        var catalog = host.Services.GetRequiredService<ReasonerCatalog>();
        var verifier = new CardVerifier(arm => catalog.Create(ReasonerSpec.Parse(arm)));
        var checks = await verifier.VerifyAsync(card, new CheckPrinter(output, update), cancellationToken);
        var probe = card.Frontier is { } stated ? await ProbeAsync(host, stated, update, output, cancellationToken) : null;
        if (!update)
            return checks.All(check => check.Agrees) && (probe is null || card.Frontier!.Agrees(probe));
        var measured = card with
        {
            Sha256 = hash,
            Parameters = host.Recurrent?.Manifest.Parameters ?? host.Recursive?.Manifest.Parameters
                ?? (int)(await host.InspectAsync(cancellationToken)).Model.Parameters,
            Figures = [.. checks.Select(check => check.Measured)],
            Frontier = probe,
        };
        await File.WriteAllTextAsync(path, ModelCardFile.Write(measured), cancellationToken);
        await output.WriteLineAsync($"Written: {path}");
        if (ModelCatalog.Load().Find(name) is { } entry && entry.Sha256 != hash)
            await output.WriteLineAsync(
                $"State the new weights in models/catalog.yaml, or '{name}' will be refused: bytes: "
                    + $"{new FileInfo(host.Model.Path).Length}, sha256: {hash}");
        return true;
    }

    private static async Task<CardProbe> ProbeAsync(
        ModelHost host, CardProbe stated, bool update, TextWriter output, CancellationToken cancellationToken)
    {
        const string Begin = MiniVocabulary.LatentStart;
        var model = host.Services.GetRequiredService<ILatentModel>();
        var profile = host.Services.GetRequiredService<PromptProfile>();
        var begin = model.Tokenizer.Find(Begin)
            ?? throw new InvalidOperationException($"The model has no token {Begin}, so its card cannot state a frontier probe.");
        var probe = new FrontierProbe(model, LatentPrompt.Of(profile), begin);
        var measured = stated with { Rows = await probe.MeasureAsync(stated.Seed, stated.Graphs, stated.Thoughts, cancellationToken) };
        for (var i = 0; i < measured.Rows.Count; i++)
        {
            var row = measured.Rows[i];
            var verdict = update ? "measured" : row.Agrees(stated.Rows[i]) ? "agrees  " : "DIFFERS ";
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {verdict}  thought {row.Thought}: unreachable {row.Unreachable:0.00}, reachable {row.Reachable:0.00}, frontier "
                    + $"{row.Frontier:0.00}, optimal {row.Optimal:0.00}, AUC {row.Auc:0.000} ({row.Graphs} graphs)"));
        }

        return measured;
    }

    // Not Progress<T>: that one reports later and in any order.
    private sealed class CheckPrinter(TextWriter output, bool update) : IProgress<FigureCheck>
    {
        public void Report(FigureCheck value)
        {
            var verdict = update ? "measured" : value.IsExact ? "the same" : value.Agrees ? "agrees  " : "DIFFERS ";
            var stated = value.IsExact || update ? "" : $"; card {value.Stated.Correct}/{value.Stated.Problems}";
            output.WriteLine($"  {verdict}  {CardText.Line(value.Measured)}{stated}");
        }
    }
}
