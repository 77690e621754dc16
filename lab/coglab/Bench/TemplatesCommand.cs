using System.CommandLine;
using System.Globalization;
using System.Text;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Bench;
using CognitiveTools.Lab.Bench.Templates;
using CognitiveTools.Llama.Models;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Text;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary><c>coglab bench templates</c>: how long the Jinja interpreter takes for a chat template.</summary>
internal static class TemplatesCommand
{
    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Templates: .jinja and .gguf files, JSON objects of name → {template, bos, eos}, folders with such files "
            + "[default: the models of the catalog that are on this machine]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int> Messages = new Option<int>("--messages")
    {
        Description = "Messages of the conversation, user and assistant in turn; an odd number",
        DefaultValueFactory = _ => 5,
        HelpName = "N",
    }.Within(1, 9_999);

    private static readonly Option<int> Repetitions = new Option<int>("--repetitions")
    {
        Description = "Repetitions; figures are medians",
        DefaultValueFactory = _ => 51,
        HelpName = "N",
    }.Within(1, 100_000);

    public static Command Create()
    {
        var command = new Command("templates", "Time the parsing of chat templates, and the rendering of a conversation with each")
        {
            Paths, Messages, Repetitions,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var messages = parse.GetValue(Messages);
            if (messages % 2 == 0)
                throw new ArgumentException($"--messages is {messages}; it must be odd, so that the user speaks last.");
            string[] paths = parse.GetValue(Paths) is { Length: > 0 } given ? given : [.. ModelsHere()];
            var timings = TemplateBenchmark.Run(
                [.. paths.SelectMany(NamedTemplate.Find)], messages, parse.GetValue(Repetitions), cancellationToken);
            await parse.InvocationConfiguration.Output.WriteAsync(ToText(timings, messages).AsMemory(), cancellationToken);
            return timings.Any(static timing => timing.Refusal is null) ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    private static IEnumerable<string> ModelsHere()
    {
        var store = new ModelStore(ModelCatalog.Load());
        return store.Catalog.Entries
            .Select(entry => store.Resolve(entry.Name))
            .Where(static model => model.IsPresent)
            .Select(static model => model.Path)
            .Distinct(StringComparer.Ordinal)
            .Where(static path => path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
                && FileTemplate.Read(path, hasTools: false) is not null);
    }

    private static string ToText(IReadOnlyList<TemplateTiming> timings, int messages)
    {
        var text = new StringBuilder();
        TextTable.Figures(text, ["template", "source", "parse ms", "render ms", "rendered"], [.. timings.Select(Cells)]);
        List<TemplateTiming> measured = [.. timings.Where(static timing => timing.Refusal is null)];
        text.Append(CultureInfo.InvariantCulture, $"{measured.Count} templates, {messages} messages");
        if (measured.Count > 0)
        {
            var slowest = measured.MaxBy(static timing => timing.Render)!;
            var render = new BenchmarkFigure("", "ms", [.. measured.Select(static timing => timing.Render)]).Median;
            var parse = new BenchmarkFigure("", "ms", [.. measured.Select(static timing => timing.Parse)]).Median;
            text.Append(CultureInfo.InvariantCulture, $": median {render:0.000} ms a rendering, slowest {slowest.Render:0.000} ms ")
                .Append(CultureInfo.InvariantCulture, $"({TerminalText.Line(slowest.Name)}); median {parse:0.000} ms to parse");
        }

        text.Append('\n');
        foreach (var refused in timings.Where(static timing => timing.Refusal is not null))
            text.Append(TerminalText.Line($"{refused.Name}: {refused.Refusal}")).Append('\n');
        return text.ToString();
    }

    private static string[] Cells(TemplateTiming timing) =>
    [
        timing.Name,
        timing.Length.ToString(CultureInfo.InvariantCulture),
        timing.Refusal is null ? timing.Parse.ToString("0.000", CultureInfo.InvariantCulture) : "-",
        timing.Refusal is null ? timing.Render.ToString("0.000", CultureInfo.InvariantCulture) : "refused",
        timing.Rendered.ToString(CultureInfo.InvariantCulture),
    ];
}
