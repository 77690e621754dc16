using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Llama.Bench;

namespace CognitiveTools.Cli.Bench;

/// <summary><c>cogtools bench</c>: the engine against a bare loop over the same library, in one run.</summary>
internal static class BenchCommand
{
    private static readonly Option<int> Repetitions = new("--repetitions") { Description = "Repetitions; figures are medians", DefaultValueFactory = _ => new BenchmarkOptions().Repetitions, HelpName = "N" };

    private static readonly Option<int> Prompt = new("--prompt") { Description = "Positions of a prompt", DefaultValueFactory = _ => new BenchmarkOptions().PromptLength, HelpName = "N" };

    private static readonly Option<int> Steps = new("--steps") { Description = "Tokens generated, and latent steps", DefaultValueFactory = _ => new BenchmarkOptions().Steps, HelpName = "N" };

    private static readonly Option<int> Concurrent = new("--sequences") { Description = "Sequences at once", DefaultValueFactory = _ => new BenchmarkOptions().Concurrent, HelpName = "N" };

    private static readonly Option<bool> Json = new("--json") { Description = "Print as JSON" };

    public static Command Create()
    {
        var command = new Command("bench", "Measure the engine against a bare loop over the same library, alternating in one run")
        {
            Repetitions, Prompt, Steps, Concurrent, Json,
        };
        var model = new ModelOptions();
        model.AddTo(command);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var choice = model.Read(parse);
            await using var host = ModelHost.Create(choice);
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var options = new BenchmarkOptions
            {
                Repetitions = parse.GetValue(Repetitions),
                PromptLength = parse.GetValue(Prompt),
                Steps = parse.GetValue(Steps),
                Concurrent = parse.GetValue(Concurrent),
                Threads = choice.Threads,
            };
            var report = await EngineBenchmark.RunAsync(
                host.Llama, options, new Rounds(error, options.Repetitions), cancellationToken);
            await output.WriteLineAsync(parse.GetValue(Json) ? ToJson(report) : ToText(report));
            return report.Ratios.All(r => r.Reached) ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    private static string ToText(BenchmarkReport report)
    {
        var lines = new List<string>
        {
            $"{Path.GetFileName(report.Model)}, {report.Threads} threads, prompt {report.Options.PromptLength}, {report.Options.Steps} steps, median of {report.Options.Repetitions}",
        };
        var width = report.Figures.Select(f => f.Name.Length).Concat(report.Ratios.Select(r => r.Name.Length)).Max();
        lines.AddRange(report.Figures.Select(f => FormattableString.Invariant($"  {f.Name.PadRight(width)}  {f.Median,9:0.00} {f.Unit}   (min {f.Samples.Min():0.00}, max {f.Samples.Max():0.00})")));
        lines.AddRange(report.Ratios.Select(r => FormattableString.Invariant($"  {r.Name.PadRight(width)}  {r.Value,9:0.000}x{Verdict(r)}")));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Verdict(BenchmarkRatio ratio) => ratio.Target is { } target
        ? string.Create(CultureInfo.InvariantCulture, $"   (target {target:0.00}x: {(ratio.Reached ? "reached" : "MISSED")})")
        : "";

    private static string ToJson(BenchmarkReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("model", report.Model);
            json.WriteNumber("threads", report.Threads);
            json.WriteStartArray("figures");
            foreach (var figure in report.Figures)
            {
                json.WriteStartObject();
                json.WriteString("name", figure.Name);
                json.WriteString("unit", figure.Unit);
                json.WriteNumber("median", figure.Median);
                json.WriteStartArray("samples");
                foreach (var sample in figure.Samples)
                    json.WriteNumberValue(sample);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("ratios");
            foreach (var ratio in report.Ratios.Where(r => double.IsFinite(r.Value)))
            {
                json.WriteStartObject();
                json.WriteString("name", ratio.Name);
                json.WriteNumber("value", ratio.Value);
                if (ratio.Target is { } target)
                    json.WriteNumber("target", target);
                json.WriteBoolean("reached", ratio.Reached);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private sealed class Rounds(TextWriter error, int total) : IProgress<int>
    {
        public void Report(int value) => error.WriteLine(value == 0 ? "warmed up" : $"repetition {value} of {total}");
    }
}
