using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Features;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab features</c>: figures of a sparse autoencoder, and the features that tell prompts apart.</summary>
internal static class FeaturesCommand
{
    private static readonly Argument<FileInfo> Run = new("RUN") { Description = "The run that trained the autoencoder" };

    private static readonly Option<FileInfo> Autoencoder = new("--sae")
    {
        Description = "The autoencoder, a GGUF file",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo> Corpus = new("--corpus")
    {
        Description = "Conversations of both formats that it did not learn from",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<string> First = Format("--first", "cot");

    private static readonly Option<string> Second = Format("--second", "direct");

    private static readonly Option<int> Top = new Option<int>("--top")
    {
        Description = "Features that are listed",
        DefaultValueFactory = static _ => 10,
    }.Within(1, 100_000);

    private static readonly Option<int> Seed = new Option<int>("--seed")
    {
        Description = "Fixes the features that are drawn as controls",
        DefaultValueFactory = static _ => 1,
    }.Within(0, int.MaxValue);

    public static Command Create()
    {
        var command = new Command("features", "Measure a sparse autoencoder, and list the features that tell two formats apart")
        {
            Run, Autoencoder, Corpus, First, Second, Top, Seed,
        };
        command.SetGuardedAction(async (parse, _) =>
        {
            torch.set_num_threads(1);
            var run = RunFile.Read(parse.GetValue(Run)!.FullName);
            using var network = run.Load(
                run.From ?? throw new InvalidDataException($"The run '{run.Name}' names no weights in 'from'."), run.FromRows);
            var autoencoder = SparseAutoencoder.Read(parse.GetValue(Autoencoder)!.FullName);
            if (autoencoder.Width != run.Shape.Width || autoencoder.Layer >= run.Shape.Layers)
                throw new InvalidDataException($"{parse.GetValue(Autoencoder)} is not of a network of the sizes of the run '{run.Name}'.");
            var corpus = parse.GetValue(Corpus)!;
            var file = run.Open(corpus.DirectoryName!, corpus.Name);
            var (first, second) = (parse.GetValue(First)!, parse.GetValue(Second)!);
            var figures = new FeatureExamination(network, autoencoder).Measure(file, first, second);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"layer {autoencoder.Layer}, {figures.Positions:N0} positions: {figures.Explained:P1} of the variance explained, "
                    + $"{figures.Dead} of {autoencoder.Features} features dead"));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"at the last token of {figures.Prompts.First} prompts {first} and {figures.Prompts.Second} prompts {second}:"));
            foreach (var row in figures.Rows.Take(parse.GetValue(Top)))
                await output.WriteLineAsync(Line(row));
            var random = SeededRandom.For((ulong)parse.GetValue(Seed), "features");
            int[] drawn = [.. Enumerable.Range(0, 3).Select(_ => random.Pick(figures.Alive))];
            await output.WriteLineAsync($"three living features at random, for controls: {string.Join(", ", drawn)}");
            return ExitCodes.Success;

            string Line(FeatureRow row) => string.Create(
                CultureInfo.InvariantCulture,
                $"  feature {row.Feature}: AUC {row.Auc:0.000}, mean activity {row.First:0.000} at {first}, "
                    + $"{row.Second:0.000} at {second}");
        });
        return command;
    }

    private static Option<string> Format(string name, string usual) => new(name)
    {
        Description = name == "--first" ? "Format whose prompts a feature should be active at" : "Format at whose prompts it should not",
        DefaultValueFactory = _ => usual,
        HelpName = "FORMAT",
    };
}
