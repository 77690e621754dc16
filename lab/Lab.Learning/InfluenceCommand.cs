using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Influence;
using CognitiveTools.Lab.Learning.Runs;
using TorchSharp;

namespace CognitiveTools.Lab.Learning;

/// <summary><c>coglab influence</c>: the training records that helped or hurt a model's answer most.</summary>
internal static class InfluenceCommand
{
    private static readonly Argument<FileInfo[]> Weights = new("CHECKPOINT")
    {
        Description = "Weights that the run left, a safetensors file; for tracin all that are to count, the last ones last",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<FileInfo> Run = new("--run")
    {
        Description = "The run that trained the model",
        Required = true,
        HelpName = "RUN.yaml",
    };

    private static readonly Option<DirectoryInfo> Corpora = TrainCommand.Corpora;

    private static readonly Option<string> Query = new("--query")
    {
        Description = "What to ask about: the number of a conversation of the run's held-out corpus, from 1, or another corpus file",
        Required = true,
        HelpName = "FILE|N",
    };

    private static readonly Option<string> Method = new Option<string>("--method")
    {
        Description = $"How influence is computed: {string.Join(", ", InfluenceMethods.Names)}",
        DefaultValueFactory = static _ => InfluenceMethods.EkFac,
        HelpName = "NAME",
    }.AcceptOnlyFromAmong([.. InfluenceMethods.Names]);

    private static readonly Option<int> Top = new Option<int>("--top")
    {
        Description = "Records to print of each kind, those that helped and those that hurt",
        DefaultValueFactory = static _ => 10,
    }.Within(1, 100_000);

    private static readonly Option<double> Damping = InfluenceOptions.Damping();

    private static readonly Option<int> Threads = InfluenceOptions.Threads();

    public static Command Create()
    {
        var command = new Command("influence", "Print the training records that helped and hurt an answer most")
        {
            Weights, Run, Corpora, Query, Method, Top, Damping, Threads, InfluenceStudyCommand.Create(),
        };
        command.SetGuardedAction((parse, cancellationToken) =>
        {
            torch.set_num_threads(parse.GetValue(Threads));
            var (run, folder) = (RunFile.Read(parse.GetValue(Run)!.FullName), parse.GetValue(Corpora)!.FullName);
            var records = run.Open(folder, InfluenceOptions.Corpus(run));
            var (queries, asked) = Asked(run, folder, parse.GetValue(Query)!);
            var scores = InfluenceMethods.Scores(
                parse.GetValue(Method)!,
                run,
                [.. parse.GetValue(Weights)!.Select(static file => file.FullName)],
                new InfluenceMatrix(records, queries, asked),
                parse.GetValue(Damping),
                cancellationToken);
            for (var i = 0; i < asked.Count; i++)
                Print(parse.InvocationConfiguration.Output, run, records, scores[i], parse.GetValue(Top), Text(run, queries, asked[i]));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static (TokenFile Queries, IReadOnlyList<int> Asked) Asked(RunFile run, string folder, string query)
    {
        if (!int.TryParse(query, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var file = run.Open(Path.GetDirectoryName(Path.GetFullPath(query))!, Path.GetFileName(query));
            return (file, [.. Enumerable.Range(0, file.Count)]);
        }

        var heldOut = run.Open(folder, run.Course.Required("heldOut"));
        return number >= 1 && number <= heldOut.Count
            ? (heldOut, [number - 1])
            : throw new ArgumentException($"--query: {heldOut.Name} has the conversations 1 to {heldOut.Count}, not {query}.");
    }

    private static void Print(TextWriter output, RunFile run, TokenFile records, double[] scores, int top, string query)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(record => scores[record])];
        output.WriteLine($"query: {query}");
        Part("helped most", order.Take(top));
        Part("hurt most", order.Reverse().Take(top));

        void Part(string title, IEnumerable<int> part)
        {
            output.WriteLine(title);
            foreach (var record in part)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {scores[record],12:G5}  record {record + 1,6}  {Text(run, records, record)}"));
            }
        }
    }

    private static string Text(RunFile run, TokenFile file, int row) => InfluenceOptions.Text(run.Words, file, row);
}
