using System.CommandLine;
using CognitiveTools.Cli.Help;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Eval;

/// <summary>The limits of one session of a run, and the folder where it finds finished units.</summary>
internal sealed class LimitOptions
{
    private const long MostPositions = 1_000_000_000_000_000;
    private const double LeastMinutes = 0.001;
    private const double MostMinutes = 1e6;

    private readonly Option<long?> _positions = new Option<long?>("--session-positions")
    {
        Description = "Stop the session after this many positions of all problems together",
        HelpName = "N",
    }.Within(1, MostPositions);

    private readonly Option<long?> _formerPositions =
        new Option<long?>("--run-positions") { Description = "Old name of --session-positions", Hidden = true }.Within(1, MostPositions);

    private readonly Option<double?> _minutes = new Option<double?>("--session-minutes")
    {
        Description = "Stop the session after this time",
        HelpName = "MINUTES",
    }.Within(LeastMinutes, MostMinutes);

    private readonly Option<double?> _formerMinutes =
        new Option<double?>("--run-minutes") { Description = "Old name of --session-minutes", Hidden = true }
        .Within(LeastMinutes, MostMinutes);

    private readonly Option<double> _errors = new Option<double>("--max-error-share")
    {
        Description = $"Stop the session when more than this share of at least {RunLimits.FewestForErrorShare} units failed",
        DefaultValueFactory = _ => new RunLimits().ErrorShare,
        HelpName = "SHARE",
    }.Within(0, 1);

    private readonly Option<string?> _cache = new("--cache")
    {
        Description = "Folder of finished units that runs share; a unit with the same identity is taken from there",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command)
    {
        command.AddGroup(HelpGroup.SessionLimits, _positions, _formerPositions, _minutes, _formerMinutes, _errors);
        command.AddGroup(HelpGroup.Output, _cache);
    }

    /// <summary>Run options with limits and cache; the caller sets the rest.</summary>
    public RunOptions Read(ParseResult parse) => new()
    {
        Directory = "",
        Cache = parse.GetValue(_cache),
        Limits = new RunLimits
        {
            Positions = FormerName.Read(parse, _positions, _formerPositions),
            WallTime = FormerName.Read(parse, _minutes, _formerMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            ErrorShare = parse.GetValue(_errors),
        },
    };
}
