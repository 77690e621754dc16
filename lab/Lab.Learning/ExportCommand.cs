using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Export;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab export</c>: a trained recurrent-depth model as ONNX graphs.</summary>
internal static class ExportCommand
{
    private static readonly Argument<FileInfo> Run = TrainedModel.Run();

    private static readonly Option<FileInfo> Weights = TrainedModel.Weights();

    private static readonly Option<int?> Seed = TrainCommand.Seed;

    private static readonly Option<DirectoryInfo> Output = new("--out", "-o")
    {
        Description = "Folder to write: three graphs, embeddings, vocabulary and manifest",
        Required = true,
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var command = new Command("export", "Write a recurrent-depth model as ONNX graphs, as cogtools runs it")
        {
            Run, Weights, Output, Seed,
        };
        command.SetGuardedAction(async (parse, _) =>
        {
            var run = RunFile.Read(parse.GetValue(Run)!.FullName);
            if (parse.GetValue(Seed) is { } seed)
                run = run.WithSeed(seed);
            if (run.Network is not RecurrentShape shape)
                throw new InvalidDataException(
                    $"The model of the run '{run.Name}' is not of recurrent depth. Pack it with ./coglab models pack.");
            using var network = new RecurrentDecoder(shape, SeededRandom.For(run.Seed, "weights"));
            WeightsFile.Load(network, parse.GetValue(Weights)!.FullName);
            var depth = Math.Max(1, run.Objective.Whole("depth", 0) ?? 1);
            var manifest = RecurrentFolder.Write(network, run.Name, depth, run.Vocabulary, parse.GetValue(Output)!.FullName);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{manifest}: {network.Parameters.Count:N0} parameters");
            return ExitCodes.Success;
        });
        return command;
    }
}
