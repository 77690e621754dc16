using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Runs;
using TorchSharp;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab train</c>: trains a model as a run's file says.</summary>
internal static class TrainCommand
{
    private static readonly Argument<FileInfo> Run = new("RUN")
    {
        Description = "The run, a YAML file such as models/training/runs/verbal.yaml",
    };

    internal static readonly Option<DirectoryInfo> Corpora = new("--corpora")
    {
        Description = "Folder that coglab data corpora wrote to",
        DefaultValueFactory = static _ => new DirectoryInfo("runs"),
        HelpName = "FOLDER",
    };

    private static readonly Option<DirectoryInfo> Output = new("--out", "-o")
    {
        Description = "Folder for weights, log and checkpoint",
        DefaultValueFactory = static _ => new DirectoryInfo("runs"),
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on from the checkpoint in the output folder" };

    private static readonly Option<int> Threads = new Option<int>("--threads")
    {
        Description = "Threads; two processes of one thread do more than one of two",
        DefaultValueFactory = static _ => 1,
    }.Within(1, 1024);

    private static readonly Option<int?> Steps = new Option<int?>("--steps")
    {
        Description = "Stop after so many steps, with a checkpoint",
    }.Within(1, int.MaxValue);

    internal static readonly Option<int?> Seed = new Option<int?>("--seed")
    {
        Description = "Seed instead of the run's; the files are then named NAME-sSEED",
    }.Within(0, int.MaxValue);

    private static readonly Option<bool> Keep = new("--keep")
    {
        Description = "Keep the weights of every report as NAME-STEP.safetensors (coglab influence --method tracin needs them)",
    };

    public static Command Create()
    {
        var command = new Command("train", "Train a model; stop it at any time and go on with --resume")
        {
            Run, Corpora, Output, Resume, Keep, Threads, Steps, Seed,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var output = parse.InvocationConfiguration.Output;
            torch.set_num_threads(parse.GetValue(Threads));
            var file = RunFile.Read(parse.GetValue(Run)!.FullName);
            using var run = new TrainingRun(
                parse.GetValue(Seed) is { } seed ? file.WithSeed(seed) : file,
                parse.GetValue(Corpora)!.FullName,
                parse.GetValue(Output)!.FullName)
            {
                MostSteps = parse.GetValue(Steps),
                KeepWeights = parse.GetValue(Keep),
                Progress = line =>
                {
                    output.WriteLine(line);
                    output.Flush();
                },
            };
            await Task.Run(() => run.Execute(parse.GetValue(Resume), cancellationToken), CancellationToken.None);
            return ExitCodes.Success;
        });
        return command;
    }
}
