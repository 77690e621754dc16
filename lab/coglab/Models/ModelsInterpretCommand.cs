using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Lab.Commands.Data;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Probes;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models interpret</c>: what the thoughts of a Heima model say.</summary>
internal static class ModelsInterpretCommand
{
    private const int Donors = 32;

    private static readonly Argument<string> Model = new("model") { Description = "A Heima model: its name or its GGUF file" };

    private static readonly Option<int> Count =
        DataOptions.Whole("--count", "Held-out problems that are read", 600, least: 1, most: 100_000);

    private static readonly Option<int> Seed = DataOptions.Whole("--seed", "Fixes the problems", 2033, least: 0);

    private static readonly Option<string?> Families = DataOptions.Families();

    public static Command Create()
    {
        var command = new Command(
            "interpret", "Measure how well a Heima model's interpreter writes stages of solutions out, from hidden states and without them")
        {
            Model, Count, Seed, Families,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            // The problems behind those that are read lend their states.
            var count = parse.GetValue(Count);
            var drawn = new ProblemGenerator((ulong)parse.GetValue(Seed), Split.HeldOut, DataOptions.Names(parse.GetValue(Families)))
                .Distinct(count + Donors);
            if (drawn.Count < count + Donors)
                throw new ArgumentException(
                    $"There are {drawn.Count} such problems, and {Donors} of them lend their states. Give a smaller --count.");
            Question[] donors = [.. drawn.Skip(count).Select(static (problem, i) => new Question($"donor {i}", problem.Text))];
            await using var host = ModelHost.Create(new ModelChoice { Reference = parse.GetValue(Model), Profile = "mini" }, donors);
            var reasoner = host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("heima:interpret=on,state=all"));
            var options = SolveOptions.Default with { Temperature = 0 };
            var probe = new InterpretProbe((question, token) => reasoner.SolveAsync(question, options, token));
            var report = await probe.MeasureAsync([.. drawn.Take(count)], cancellationToken);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync($"answers: {report.Answered} of {report.Problems} are right");
            foreach (var row in report.Rows)
                await output.WriteLineAsync(Line(row));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Line(InterpretRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Stage} from {From(row.State)}: {row.Exact} of {row.Texts} texts are exact ({Share(row.Exact, row.Texts)}), "
            + $"{row.RightValues} of {row.Values} values are right ({Share(row.RightValues, row.Values)})");

    private static string From(string state) => state switch
    {
        "own" => "its hidden state",
        "none" => "no state (control)",
        _ => "the state of another problem (control)",
    };

    private static string Share(int right, int all) => (100.0 * right / all).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
