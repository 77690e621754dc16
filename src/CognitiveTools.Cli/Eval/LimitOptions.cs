using System.CommandLine;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Eval;

/// <summary>The options that say what one session of a run may spend, and where it may find finished work.</summary>
internal sealed class LimitOptions
{
    private readonly Option<long?> _positions = new Option<long?>("--run-positions")
    {
        Description = "Stop the session after so many positions; the same command goes on",
        HelpName = "N",
    }.Within(1, 1_000_000_000_000_000);

    private readonly Option<double?> _minutes = new Option<double?>("--run-minutes")
    {
        Description = "Stop the session after so much time; the same command goes on",
        HelpName = "MINUTES",
    }.Within(0.001, 1e6);

    private readonly Option<double> _errors = new Option<double>("--max-error-share")
    {
        Description = $"Stop when more than this share of at least {RunLimits.FewestForErrorShare} units failed",
        DefaultValueFactory = _ => new RunLimits().ErrorShare,
        HelpName = "SHARE",
    }.Within(0, 1);

    private readonly Option<string?> _cache = new("--cache")
    {
        Description = "Folder of finished units that runs share; a unit made under the very same conditions is taken from there",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _positions, _minutes, _errors, _cache })
            command.Options.Add(option);
    }

    /// <summary>Run options with limits and cache; the rest is the caller's.</summary>
    public RunOptions Read(ParseResult parse) => new()
    {
        Directory = "",
        Cache = parse.GetValue(_cache),
        Limits = new RunLimits
        {
            Positions = parse.GetValue(_positions),
            WallTime = parse.GetValue(_minutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            ErrorShare = parse.GetValue(_errors),
        },
    };
}
