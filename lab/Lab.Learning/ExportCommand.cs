using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Export;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab export</c>: a trained model of recurrent depth, or a GRAM, as ONNX graphs.</summary>
internal static class ExportCommand
{
    private static readonly Argument<FileInfo> Run = TrainedModel.Run();

    private static readonly Option<FileInfo> Weights = TrainedModel.Weights();

    private static readonly Option<int?> Seed = TrainCommand.Seed;

    private static readonly Option<DirectoryInfo> Output = new("--out", "-o")
    {
        Description = "Folder to write: graphs, the other files that they need, and a manifest",
        Required = true,
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command(
            "export", "Write a model of recurrent depth, or a GRAM, as ONNX graphs, as cogtools runs it")
        {
            Run, Weights, Output, Seed,
        };
        command.SetGuardedAction(async (parse, _) =>
        {
            var run = RunFile.Read(parse.GetValue(Run)!.FullName);
            if (parse.GetValue(Seed) is { } seed)
                run = run.WithSeed(seed);
            var (manifest, parameters) = Write(run, parse.GetValue(Weights)!.FullName, parse.GetValue(Output)!.FullName);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{manifest}: {parameters:N0} parameters");
            return ExitCodes.Success;
        });
        return command;
    }

    private static (string Manifest, long Parameters) Write(RunFile run, string weights, string folder)
    {
        var random = SeededRandom.For(run.Seed, "weights");
        switch (run.Network)
        {
            case RecurrentShape shape:
                using (var network = new RecurrentDecoder(shape, random))
                {
                    WeightsFile.Load(network, weights);
                    var depth = Math.Max(1, run.Objective.Whole("depth", 0) ?? 1);
                    return (RecurrentFolder.Write(network, run.Name, depth, run.Vocabulary, folder), network.Parameters.Count);
                }

            case GramShape shape:
                using (var network = new Gram(shape, random))
                {
                    WeightsFile.Load(network, weights);
                    return (GramFolder.Write(network, run.Name, Learners.SupervisionSteps(run), folder), network.Parameters.Count);
                }

            default:
                throw new InvalidDataException(
                    $"The model of the run '{run.Name}' is neither of recurrent depth nor a GRAM. Pack it with ./coglab models pack.");
        }
    }
}
