using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Workers;
using CognitiveTools.Lab.Bench.Clusters;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary><c>coglab bench cluster chaos</c>: whether a cluster loses or repeats a unit while its processes are killed.</summary>
internal static class ChaosCommand
{
    private const string Member = "member";

    private static readonly ChaosOptions Defaults = new();

    private static readonly Option<string> Store = new("--store")
    {
        Description = "Where members find each other: redis or postgres",
        DefaultValueFactory = static _ => StorePrograms.Redis,
        HelpName = "KIND",
    };

    private static readonly Option<int> Units = new Option<int>("--units")
    {
        Description = "Units of a round",
        DefaultValueFactory = _ => Defaults.Units,
        HelpName = "N",
    }.Within(2, 1_000_000);

    private static readonly Option<int> Rounds = new Option<int>("--rounds")
    {
        Description = "Rounds",
        DefaultValueFactory = _ => Defaults.Rounds,
        HelpName = "N",
    }.Within(1, 1000);

    private static readonly Option<int> Silos = new Option<int>("--silos")
    {
        Description = "Processes that hold grains",
        DefaultValueFactory = _ => Defaults.Silos,
        HelpName = "N",
    }.Within(1, 64);

    private static readonly Option<int> Workers = new Option<int>("--workers")
    {
        Description = "Processes that run units",
        DefaultValueFactory = _ => Defaults.Workers,
        HelpName = "N",
    }.Within(1, 64);

    private static readonly Option<double> UnitTime = new Option<double>("--unit-ms")
    {
        Description = "Time of a unit on average, in milliseconds",
        DefaultValueFactory = _ => Defaults.Unit.TotalMilliseconds,
        HelpName = "N",
    }.Within(0, 60_000);

    private static readonly Option<double> Outage = new Option<double>("--outage")
    {
        Description = "How long the store is away, in seconds",
        DefaultValueFactory = _ => Defaults.Outage.TotalSeconds,
        HelpName = "N",
    }.Within(0, 3600);

    private static readonly Option<int> Seed = new Option<int>("--seed")
    {
        Description = "Seed of moments and victims",
        DefaultValueFactory = _ => Defaults.Seed,
        HelpName = "N",
    }.OfAnySize();

    public static Command Create()
    {
        var command = new Command(
            "chaos",
            "Run scripted units on a cluster of processes with a store on loopback, kill -9 a worker, a silo, the run's owner and "
                + "the store at random moments, and compare the log with a run on one machine")
        {
            Store, Units, Rounds, Silos, Workers, UnitTime, Outage, Seed,
        };
        Store.AcceptOnlyFromAmong([.. StorePrograms.Names]);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var kind = parse.GetValue(Store)!;
            var store = StorePrograms.Find(kind) ?? throw new FileNotFoundException(StorePrograms.Missing(kind));
            var program = OwnProgram.With(typeof(ChaosCommand).Assembly, "bench", "cluster", Member)
                ?? throw new InvalidOperationException("The members are processes of coglab; this program is another one. Use ./coglab.");
            var options = Defaults with
            {
                Units = parse.GetValue(Units),
                Rounds = parse.GetValue(Rounds),
                Silos = parse.GetValue(Silos),
                Workers = parse.GetValue(Workers),
                Unit = TimeSpan.FromMilliseconds(parse.GetValue(UnitTime)),
                Outage = TimeSpan.FromSeconds(parse.GetValue(Outage)),
                Seed = parse.GetValue(Seed),
            };
            var right = true;
            await foreach (var round in ClusterChaos.RunAsync(store, program, options, error.WriteLine, cancellationToken))
            {
                await output.WriteLineAsync(ToText(round));
                right &= round.IsRight;
            }

            return right ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    /// <summary>A process of the test, not listed.</summary>
    public static Command CreateMember()
    {
        var options = new Argument<string>("options") { Description = "What the member is, as JSON" };
        var command = new Command(Member, "Be a process of the chaos test, until standard input ends") { Hidden = true };
        command.Arguments.Add(options);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var error = parse.InvocationConfiguration.Error;
            await Lab.Bench.Clusters.Member.RunAsync(MemberOptions.Parse(parse.GetValue(options)!), Console.In, error, cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }

    internal static string ToText(ChaosRound round)
    {
        var kills = round.Kills.Select(static kill => string.Create(
            CultureInfo.InvariantCulture, $"{kill.Event} at {kill.Finished:N0} (pause {kill.Pause.TotalSeconds:0.0} s)"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"round {round.Number}: {(round.IsRight ? "right" : "WRONG")}, {round.Elapsed.TotalSeconds:0} s; {round.Lost} lost, "
                + $"{round.Twice} twice, {round.Wrong} with another verdict, {round.Repeats} repeats dropped; "
                + $"killed: {string.Join(", ", kills)}");
    }
}
