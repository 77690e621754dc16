using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Lab.Bench;
using CognitiveTools.Lab.Commands.Bench.Peers;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary>
/// <c>coglab bench</c>: the engine against a bare loop, the same two on the other build of llama.cpp, LLamaSharp, node-llama-cpp and
/// llama.cpp's batched bench, in one run.
/// </summary>
internal static class BenchCommand
{
    private static readonly BenchmarkOptions Defaults = new();

    private static readonly Option<int> Repetitions = new Option<int>("--repetitions")
    {
        Description = "Repetitions; figures are medians",
        DefaultValueFactory = _ => Defaults.Repetitions,
        HelpName = "N",
    }.Within(1, 10_000);

    private static readonly Option<int> Prompt = new Option<int>("--prompt")
    {
        Description = "Positions of a prompt",
        DefaultValueFactory = _ => Defaults.PromptLength,
        HelpName = "N",
    }.Within(4, 1_000_000);

    private static readonly Option<int> Steps = new Option<int>("--steps")
    {
        Description = "Tokens generated, and latent steps",
        DefaultValueFactory = _ => Defaults.Steps,
        HelpName = "N",
    }.Within(1, 1_000_000);

    private static readonly Option<int[]> Sequences = new Option<int[]>("--sequences")
    {
        Description = "Numbers of sequences at once",
        DefaultValueFactory = _ => [.. Defaults.Sequences],
        AllowMultipleArgumentsPerToken = true,
        HelpName = "N N ...",
    }.EachWithin(1, BenchmarkOptions.MostSequences);

    private static readonly Option<int> Width = new Option<int>("--width")
    {
        Description = "Latent trajectories at once",
        DefaultValueFactory = _ => Defaults.LatentWidth,
        HelpName = "N",
    }.Within(1, BenchmarkOptions.MostSequences);

    private static readonly Option<bool> PlainAttention = new("--plain-attention")
    {
        Description = "Attention by matrix products (Llama:PlainAttention), in the engine and the bare loop",
    };

    private static readonly Option<bool> NoPeer = new("--no-peer")
    {
        Description =
            "Leave out what runs in its own process: the other build of llama.cpp, LLamaSharp, and node-llama-cpp, which npm downloads "
                + "once (about 60 MB) if Node.js is installed",
    };

    private static readonly Option<string?> BatchedBench = new("--batched-bench")
    {
        Description = $"llama.cpp's {BatchedBenchPeer.Program}, measured too [default: the one on PATH, if there is one]",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print as JSON" };

    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Print as Markdown" };

    public static Command Create()
    {
        var command =
            new Command(
                "bench",
                "Measure the engine against a bare loop, the other build of llama.cpp, LLamaSharp, node-llama-cpp and llama.cpp's batched "
                    + "bench, in turns in one run")
        {
            Repetitions, Prompt, Steps, Sequences, Width, PlainAttention, NoPeer, BatchedBench, Json, Markdown,
        };
        command.Subcommands.Add(SoakCommand.Create());
        command.Subcommands.Add(TrafficCommand.Create());
        command.Subcommands.Add(TemplatesCommand.Create());
        command.Subcommands.Add(ClusterCommand.Create());
        command.Subcommands.Add(PeerCommand.Create());
        var model = new ModelOptions();
        model.AddTo(command);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var batched = new BatchedBenchPeer(parse.GetValue(BatchedBench));
            var choice = model.Read(parse);
            await using var host = ModelHost.Create(choice);
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var options = new BenchmarkOptions
            {
                Repetitions = parse.GetValue(Repetitions),
                PromptLength = parse.GetValue(Prompt),
                Steps = parse.GetValue(Steps),
                Sequences = parse.GetValue(Sequences)!,
                LatentWidth = parse.GetValue(Width),
                Threads = choice.Threads,
                PlainAttention = parse.GetValue(PlainAttention),
            };
            var llama = host.Llama;
            IReadOnlyList<LinePeer> others = parse.GetValue(NoPeer) ? [] : Others();
            BenchmarkReport report;
            try
            {
                report = await EngineBenchmark.RunAsync(
                    llama, options, [.. others, batched], new Rounds(error, options.Repetitions), cancellationToken);
            }
            finally
            {
                foreach (var other in others)
                    other.Dispose();
            }

            await output.WriteLineAsync(parse.GetValue(Json) ? BenchReport.ToJson(report)
                : parse.GetValue(Markdown) ? BenchMarkdown.ToText(report)
                : BenchReport.ToText(report));
            return report.Ratios.All(r => r.Reached) ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    // After the model is loaded: then it is known which build this process has.
    private static IReadOnlyList<LinePeer> Others() =>
        [.. EnginePeer.On(OtherNatives.Than(LlamaDoctor.InspectNatives())), .. LLamaSharpPeer.All(), new NodePeer()];

    private sealed class Rounds(TextWriter error, int total) : IProgress<int>
    {
        public void Report(int value) => error.WriteLine(value == 0 ? "warmed up" : $"repetition {value} of {total}");
    }
}
