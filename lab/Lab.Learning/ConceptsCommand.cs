using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Concepts;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Runs;
using TorchSharp;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab concepts</c>: concept models against token models on the same problems.</summary>
internal static class ConceptsCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Argument<FileInfo[]> Runs = new("RUN")
    {
        Description = "The runs that trained the models; at least one of concepts and one of tokens",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<DirectoryInfo> Corpora = TrainCommand.Corpora;

    private static readonly Option<DirectoryInfo> Weights = new("--weights")
    {
        Description = "Folder that the runs wrote to",
        DefaultValueFactory = static _ => new DirectoryInfo("runs"),
        HelpName = "FOLDER",
    };

    private static readonly Option<FileInfo?> Longer = new("--longer")
    {
        Description = "Corpus of problems longer than trained",
        HelpName = "FILE",
    };

    private static readonly Option<int> Problems = new Option<int>("--problems")
    {
        Description = "Problems of each part, and half as many of the controls",
        DefaultValueFactory = static _ => 600,
    }.Within(4, 1_000_000);

    private static readonly Option<FileInfo?> Json = new("--out", "-o") { Description = "File for all figures (JSON)", HelpName = "FILE" };

    private static readonly Option<int> Threads = new Option<int>("--threads")
    {
        Description = "Threads",
        DefaultValueFactory = static _ => 1,
    }.Within(1, 1024);

    public static Command Create()
    {
        var command = new Command("concepts", "Compare concept models with token models: answers, invalid lines, cost")
        {
            Runs, Corpora, Weights, Longer, Problems, Json, Threads,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var output = parse.InvocationConfiguration.Output;
            torch.set_num_threads(parse.GetValue(Threads));
            var runs = parse.GetValue(Runs)!.Select(static file => RunFile.Read(file.FullName)).ToArray();
            var figures = await Task.Run(
                () => Measure(
                    runs, parse.GetValue(Corpora)!.FullName, parse.GetValue(Weights)!.FullName, parse.GetValue(Longer),
                    parse.GetValue(Problems), output.WriteLine, cancellationToken),
                CancellationToken.None);
            StudyText.Write(output, figures);
            if (parse.GetValue(Json) is { } file)
                await File.WriteAllTextAsync(file.FullName, figures.ToJsonString(Indented) + "\n", cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>Loads the models of runs and measures them.</summary>
    /// <exception cref="InvalidDataException">No run is of concepts, or none of tokens, or their vocabularies differ.</exception>
    internal static JsonObject Measure(
        IReadOnlyList<RunFile> runs, string corpora, string weights, FileInfo? longer, int problems, Action<string> progress,
        CancellationToken cancellationToken = default)
    {
        RunFile[] ofConcepts = [.. runs.Where(static run => run.Network is ConceptShape)];
        RunFile[] ofTokens = [.. runs.Where(static run => run.Network is DecoderShape)];
        if (ofConcepts.Length == 0 || ofTokens.Length == 0 || ofConcepts.Length + ofTokens.Length < runs.Count)
            throw new InvalidDataException("RUN must name runs of concept models and of token models, at least one of each, no others.");
        if (runs.FirstOrDefault(run => !run.Words.Tokens.SequenceEqual(runs[0].Words.Tokens, StringComparer.Ordinal)) is { } other)
            throw new InvalidDataException($"The run '{other.Name}' has another vocabulary than '{runs[0].Name}'.");
        ConceptParts[] parts = [.. ofConcepts.Select(run => Load(run, corpora, weights))];
        Decoder[] decoders = [.. ofTokens.Select(run => run.Load(new RunFolder(weights, run).Weights))];
        try
        {
            var (cutter, first) = (parts[0].Cutter, ofConcepts[0]);
            var heldOut = cutter.Distinct(first.Open(corpora, first.Course.Required("heldOut"), static (_, _) => 0), problems);
            var beyond = longer is null ? [] : cutter.Distinct(TokenFile.Read(longer.FullName), problems);
            LinedProblem[] controls = [.. heldOut.Take(problems / 2)];
            var study = new ConceptStudy(
                cutter,
                [.. ofTokens.Zip(decoders, (run, network) => new TokenSolver(run.Name, network, cutter))],
                [.. ofConcepts.Zip(parts).SelectMany(static one => (ConceptSolver[])[
                    one.Second.Solver(one.First.Name, reads: false), one.Second.Solver(one.First.Name + ", read again", reads: true)])])
            {
                Progress = progress,
            };
            return new JsonObject
            {
                ["parameters"] = study.Parameters,
                ["reconstruction"] = Reconstruct(ofConcepts, parts, heldOut, beyond),
                ["arms"] = study.Measure(
                    [
                        StudyPart.Of("held out", heldOut), .. beyond.Length > 0 ? (StudyPart[])[StudyPart.Of("longer", beyond)] : [],
                        StudyPart.Shuffled(controls), StudyPart.WithoutQuestions(controls, cutter),
                    ],
                    cancellationToken),
            };
        }
        finally
        {
            foreach (var owned in (IEnumerable<IDisposable>)[.. parts, .. decoders])
                owned.Dispose();
        }
    }

    private static ConceptParts Load(RunFile run, string corpora, string weights)
    {
        var parts = ConceptParts.Read(run, corpora, weights, torch.CPU);
        WeightsFile.Load(parts.Network, new RunFolder(weights, run).Weights);
        return parts;
    }

    private static JsonObject Reconstruct(RunFile[] runs, ConceptParts[] parts, LinedProblem[] heldOut, LinedProblem[] beyond)
    {
        var found = new JsonObject();
        foreach (var (name, problems) in ((string, LinedProblem[])[])[("held out", heldOut), ("longer", beyond)])
        {
            var lines = Distinct(problems.SelectMany(static problem => problem.Lines));
            found[name] = ConceptStudy.Reconstruct(parts[0].Coder, parts[0].Cutter.Stop, parts[0].Table, lines);
            var said = Distinct(problems.SelectMany(static problem => problem.Solution));
            foreach (var (run, one) in runs.Zip(parts).Where(static pair => pair.Second.Network.Shape.Head == ConceptHead.Quantised))
            {
                found[$"{name}, by the codebooks of {run.Name}"] = ConceptStudy.Reconstruct(
                    one.Coder, one.Cutter.Stop, one.Table, said, codes => one.Network.Restore(Codebooks.Nearest(
                        one.Network.Standardise(codes), one.Network.Books)));
            }
        }

        return found;

        static int[][] Distinct(IEnumerable<int[]> lines) => [.. lines.DistinctBy(LineTable.Key)];
    }
}
