using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;
using CognitiveTools.Traces;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Ask;

/// <summary><c>cogtools ask</c>: one question, one reasoner, the answer on standard output.</summary>
internal static class AskCommand
{
    private static readonly Argument<string> Question = new("question") { Description = "The question; - reads it from standard input" };

    private static readonly Option<string> Reasoner = new("--reasoner", "-r")
    {
        Description = "How to think: kind[:key=value,...][/control]; kinds are listed by `cogtools reasoners`",
        DefaultValueFactory = _ => "tools",
        HelpName = "SPEC",
    };

    private static readonly Option<string?> Rule = new("--rule")
    {
        Description = "The latent method, for a latent reasoner: hidden, soft, switching",
        HelpName = "NAME",
    };

    private static readonly Option<int?> Steps = new Option<int?>("--steps")
    {
        Description = "Latent steps, for a latent or pause reasoner",
        HelpName = "N",
    }.Within(1, 32_768);

    private static readonly Option<string?> Think = new Option<string?>("--think")
    {
        Description = "Whether and how much the model thinks first, for models that think: off, on, low, medium, high",
        HelpName = "HOW",
    };

    private static readonly Option<int?> Thoughts = new Option<int?>("--thoughts")
    {
        Description = "Thought tokens after which the engine ends the thought, so that the answer follows",
        HelpName = "N",
    }.Within(0, 10_000_000);

    private static readonly Option<bool> ShowTrace = new("--show-trace")
    {
        Description = "Print every step: text, tool calls, latent thoughts (to standard error)",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the whole reasoning as JSON" };

    private static readonly Option<bool?> Stream = new("--stream")
    {
        Description = "Print the text as it is generated (to standard error), and a line when none comes for long "
            + "[default: when standard error is a terminal]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    // A small model on a busy machine can take minutes for one turn of 2,048 tokens.
    private static readonly TimeSpan WallTime = TimeSpan.FromMinutes(10);

    private static readonly Option<int> Seed = new Option<int>("--seed")
    {
        Description = "Seed of everything random",
        DefaultValueFactory = _ => 0,
    }.OfAnySize();

    private static readonly TemperatureOption Temperature = new("none");

    public static Command Create()
    {
        var command = new Command("ask", "Ask one question and print the answer");
        var model = new ModelOptions();
        var endpoint = new EndpointOptions();
        var budget = new BudgetOptions(WallTime);
        command.Arguments.Add(Question);
        command.AddGroup("How to think", Reasoner, Rule, Steps, Think, Thoughts, Temperature, Seed);
        model.AddTo(command);
        endpoint.AddTo(command);
        budget.AddTo(command);
        command.AddGroup(HelpGroup.Output, ShowTrace, Stream, Json);
        command.SetGuardedAction((parse, cancellationToken) =>
        {
            var limits = budget.Read(parse, Budget.Default with { WallTime = WallTime });
            return RunAsync(parse, endpoint.Read(parse, model.Read(parse)) with { Budget = limits }, budget, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parse, ModelChoice choice, BudgetOptions limits, CancellationToken cancellationToken)
    {
        var budget = choice.Budget!;
        var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
        var text = parse.GetValue(Question)!;
        if (text == "-")
            text = (await Console.In.ReadToEndAsync(cancellationToken)).Trim();
        if (string.IsNullOrWhiteSpace(text))
            throw new ArgumentException("The question is empty.");

        var spec = ReasonerSpec.Parse(parse.GetValue(Reasoner)!);
        spec = With(spec, "rule", parse.GetValue(Rule));
        spec = With(spec, "steps", parse.GetValue(Steps)?.ToString(CultureInfo.InvariantCulture));
        spec = With(spec, "think", parse.GetValue(Think));
        spec = With(spec, "thoughts", parse.GetValue(Thoughts)?.ToString(CultureInfo.InvariantCulture));
        await using var host = ModelHost.Create(choice);
        await host.CheckAsync(cancellationToken);
        if (host.ProfileProblem is { } problem)
            await error.WriteLineAsync($"cogtools: {problem}");
        var reasoners = host.Services.GetRequiredService<ReasonerCatalog>();
        foreach (Option option in (Option[])[Rule, Steps])
            RequireSetting(parse, option, spec.Kind, reasoners);
        var reasoner = reasoners.Create(spec);
        if (await limits.ShortContextAsync(parse, host, cancellationToken) is { } shortage)
            await error.WriteLineAsync($"cogtools: {shortage}");
        if (await host.LongContextAsync(cancellationToken) is { } excess)
            await error.WriteLineAsync($"cogtools: {excess}");
        var trace = parse.GetValue(ShowTrace) ? new TraceView(error) : null;
        using var live = Streams(parse) ? new LiveView(error, trace, TimeProvider.System, Dims()) : null;
        var reasoning = await reasoner.SolveAsync(new Question("ask", text), new SolveOptions
        {
            Budget = budget,
            Seed = parse.GetValue(Seed),
            Temperature = parse.GetValue(Temperature)?.Value,
            Observer = live is null ? trace : live,
            TextObserver = live,
        }, cancellationToken);
        live?.Dispose();

        await output.WriteLineAsync(parse.GetValue(Json)
            ? ReasoningJson.Write(reasoning, indented: true)
            : TerminalText.Block(reasoning.Answer.Trim()));
        await error.WriteLineAsync(Bill(reasoning));
        if (reasoning.Stop == StopReason.ContextFull)
            await error.WriteLineAsync("cogtools: The question and its answer need more positions than the context holds. "
                + (await host.ContextRoomAsync(cancellationToken)).Remedy("a shorter question"));
        if (reasoning.Stop == StopReason.TimedOut)
            await error.WriteLineAsync(FormattableString.Invariant(
                $"cogtools: the time of {budget.WallTime!.Value.TotalSeconds:0.###} s ran out; the text so far and its cost are above. ")
                + "Give more time with --timeout, or ask for less with --max-tokens.");
        foreach (var note in reasoning.Notes)
            await error.WriteLineAsync($"-- note: {TerminalText.Line(note)}");
        if (reasoning.Error is { } failure)
            await error.WriteLineAsync($"cogtools: {TerminalText.Line(failure)}");
        var isEmpty = string.IsNullOrWhiteSpace(reasoning.Answer);
        if (isEmpty && reasoning.Stop == StopReason.Completed)
            await error.WriteLineAsync(
                "cogtools: the model ended its turn without any text. Rephrase the question, or use another model or reasoner.");
        return reasoning.Stop is (StopReason.Completed or StopReason.Forced) && !isEmpty ? ExitCodes.Success : ExitCodes.Attention;
    }

    private static bool Streams(ParseResult parse) =>
        parse.GetResult(Stream) is null ? !Console.IsErrorRedirected : parse.GetValue(Stream) ?? true;

    // Terminal sequences only where they are obeyed; NO_COLOR is the convention for users who want none.
    private static bool Dims() => !Console.IsErrorRedirected
        && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") != "dumb";

    // The same as writing the setting after the reasoner's name.
    private static ReasonerSpec With(ReasonerSpec spec, string setting, string? value)
    {
        if (value is null)
            return spec;
        if (spec.Settings.ContainsKey(setting))
            throw new ArgumentException($"'{setting}' is given twice: by --{setting} and in --reasoner '{spec}'. Leave one out.");
        var settings = spec.Settings.ToDictionary(StringComparer.Ordinal);
        settings[setting] = value;
        return spec with { Settings = new SortedDictionary<string, string>(settings, StringComparer.Ordinal) };
    }

    // An option names what the user gave; the reasoner would name a setting that the user never wrote.
    private static void RequireSetting(ParseResult parse, Option option, string kind, ReasonerCatalog reasoners)
    {
        var setting = option.Name.TrimStart('-');
        if (parse.GetResult(option) is null or { Implicit: true }
            || reasoners.Factories.FirstOrDefault(factory => factory.Kind == kind) is not { } chosen
            || chosen.Settings.Any(known => known.Name == setting))
            return;
        var others = reasoners.Factories.Where(factory => factory.Settings.Any(known => known.Name == setting)).Select(static f => f.Kind);
        throw new ArgumentException(
            $"{option.Name} does not fit the reasoner '{kind}', which has no setting '{setting}'. Leave it out, or choose a reasoner that "
            + $"has the setting with {Reasoner.Name}: {string.Join(", ", others)}.");
    }

    private static string Bill(Reasoning reasoning)
    {
        var usage = reasoning.Usage;
        var limits = reasoning.LimitsHit.Count == 0 ? "" : $"; limits hit: {string.Join(", ", reasoning.LimitsHit)}";
        var parts = UsageWords.Parts(usage).Where(static part => part.Count > 0);
        var split = string.Join(", ", parts.Select(static part => $"{part.Kind.Replace('_', ' ')} {part.Count}"));
        var cached = usage.Cached > 0 ? $"; {usage.Cached} from cache" : "";
        var spent = split.Length == 0 ? "" : $" ({split}{UsageWords.Thoughts(usage)}{cached})";
        return $"-- {reasoning.Stop}, {UsageWords.Positions(usage)}{spent}, {usage.Elapsed.TotalSeconds:0.0} s{limits}";
    }
}
