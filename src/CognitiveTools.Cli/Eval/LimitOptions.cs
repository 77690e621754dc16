using System.CommandLine;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Eval;

/// <summary>The options that say what one session of a run may spend, and where it may find finished work.</summary>
internal sealed class LimitOptions
{
    private readonly Option<long?> _positions = new("--run-positions") { Description = "Stop the session after so many positions; the same command goes on", HelpName = "N" };

    private readonly Option<double?> _minutes = new("--run-minutes") { Description = "Stop the session after so much time; the same command goes on", HelpName = "MINUTES" };

    private readonly Option<double> _errors = new("--max-error-share") { Description = $"Stop when more than this share of at least {RunLimits.FewestForErrorShare} units failed", DefaultValueFactory = _ => new RunLimits().ErrorShare, HelpName = "SHARE" };

    private readonly Option<string?> _cache = new("--cache") { Description = "Folder of finished units that runs share; a unit made under the very same conditions is taken from there", HelpName = "FOLDER" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _positions, _minutes, _errors, _cache })
            command.Options.Add(option);
    }

    /// <summary>Run options with limits and cache; the rest is the caller's.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public RunOptions Read(ParseResult parse) => new()
    {
        Directory = "",
        Cache = parse.GetValue(_cache),
        Limits = new RunLimits
        {
            Positions = parse.GetValue(_positions) is < 1 and { } positions ? throw new ArgumentException($"{_positions.Name} is {positions}; it must be at least 1.") : parse.GetValue(_positions),
            WallTime = parse.GetValue(_minutes) switch
            {
                null => null,
                > 0 and <= 1e6 and { } minutes => TimeSpan.FromMinutes(minutes),
                { } minutes => throw new ArgumentException($"{_minutes.Name} is {minutes}; it must be above 0 and at most 1,000,000."),
            },
            ErrorShare = parse.GetValue(_errors) is >= 0 and <= 1 and var share ? share : throw new ArgumentException($"{_errors.Name} is {parse.GetValue(_errors)}; it must lie between 0 and 1."),
        },
    };
}
