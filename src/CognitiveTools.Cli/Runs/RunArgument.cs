using System.CommandLine;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Runs;

/// <summary>The argument of every command that reads a stored run.</summary>
internal static class RunArgument
{
    public const string Folder = "runs";

    private const string Usual = "Directory of a run, or its name under runs/";

    public static Argument<string> Create(string name = "run", string description = Usual) => new(name) { Description = description };

    public static Argument<string?> Optional() => new("run") { Description = Usual, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Loads the run that an argument names.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such run.</exception>
    public static RunResult Load(string named)
    {
        var under = Path.Combine(Folder, named);
        return RunResult.Load(!Directory.Exists(named) && Directory.Exists(under) ? under : named);
    }
}
