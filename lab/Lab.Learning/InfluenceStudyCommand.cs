using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Influence;
using CognitiveTools.Lab.Learning.Runs;
using TorchSharp;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab influence study</c>: procedures against facts, checked by training again.</summary>
internal static class InfluenceStudyCommand
{
    private static readonly Argument<FileInfo> Run = new("RUN")
    {
        Description = "The run, models/training/runs/influence.yaml or one like it",
    };

    private static readonly Option<DirectoryInfo> Corpora = TrainCommand.Corpora;

    private static readonly Option<DirectoryInfo> Output = new("--out", "-o")
    {
        Description = "Folder of the study; the same command goes on where it was stopped",
        DefaultValueFactory = static _ => new DirectoryInfo("runs/influence"),
        HelpName = "FOLDER",
    };

    private static readonly Option<string[]> Methods = new Option<string[]>("--methods")
    {
        Description = $"Methods to compare: {string.Join(", ", InfluenceMethods.Names)}",
        DefaultValueFactory = static _ => [.. InfluenceMethods.Names],
        AllowMultipleArgumentsPerToken = true,
        HelpName = "NAMES",
    }.AcceptOnlyFromAmong([.. InfluenceMethods.Names]);

    private static readonly Option<int> Removed = new Option<int>("--remove")
    {
        Description = "Records that are left out at a time",
        DefaultValueFactory = static _ => 100,
    }.Within(1, 1_000_000);

    private static readonly Option<int> Seeds = new Option<int>("--seeds")
    {
        Description = "Trainings of each part with records left out",
        DefaultValueFactory = static _ => 3,
    }.Within(1, 100);

    private static readonly Option<int> Subsets = new Option<int>("--subsets")
    {
        Description = "Random halves that are trained on for the linear datamodelling score; 0 for none",
        DefaultValueFactory = static _ => 50,
    }.Within(0, 10_000);

    private static readonly Option<int[]> Tops = new Option<int[]>("--top")
    {
        Description = "Numbers of best records among which the answer is looked for",
        DefaultValueFactory = static _ => [1, 5, 10, 50],
        AllowMultipleArgumentsPerToken = true,
        HelpName = "NUMBERS",
    }.EachWithin(1, 100_000);

    private static readonly Option<double> Damping = InfluenceOptions.Damping();

    private static readonly Option<int> Threads = InfluenceOptions.Threads();

    public static Command Create()
    {
        var command = new Command("study", "Compare the influences on procedures and on facts, and check them by training again")
        {
            Run, Corpora, Output, Methods, Removed, Seeds, Subsets, Tops, Damping, Threads,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var output = parse.InvocationConfiguration.Output;
            torch.set_num_threads(parse.GetValue(Threads));
            var (path, corpora) = (parse.GetValue(Run)!.FullName, parse.GetValue(Corpora)!.FullName);
            var run = RunFile.Read(path);
            var records = run.Open(corpora, InfluenceOptions.Corpus(run));
            var removed = parse.GetValue(Removed);
            if (2 * removed >= records.Count)
                throw new ArgumentException($"--remove: {records.Name} has {records.Count} records; leave out fewer than half of them.");
            var study = new InfluenceStudy(
                run,
                Utf8TextReader.ReadFile(path, YamlText.MostBytes),
                records,
                run.Open(corpora, run.Course.Required("heldOut")),
                parse.GetValue(Output)!.FullName,
                new StudyOptions(
                    parse.GetValue(Methods)!,
                    removed,
                    parse.GetValue(Seeds),
                    parse.GetValue(Subsets),
                    parse.GetValue(Tops)!,
                    parse.GetValue(Damping)))
            {
                Progress = line =>
                {
                    output.WriteLine(line);
                    output.Flush();
                },
            };
            var figures = await Task.Run(() => study.Execute(cancellationToken), CancellationToken.None);
            StudyTable.Write(output, figures);
            await output.WriteLineAsync(study.Output);
            return ExitCodes.Success;
        });
        return command;
    }
}
