using System.CommandLine;
using System.CommandLine.Completions;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Runs;

/// <summary>The argument of every command that reads a stored run.</summary>
internal static class RunArgument
{
    public const string Folder = "runs";

    private const string Usual = "Directory of a run, or its name under runs/";

    public static Argument<string> Create(string name = "run", string description = Usual) =>
        WithNames(new Argument<string>(name) { Description = description });

    /// <summary>As <see cref="Create"/>, for an argument that may be left out.</summary>
    public static Argument<string?> Optional(string name = "run", string description = Usual) =>
        WithNames(new Argument<string?>(name) { Description = description, Arity = ArgumentArity.ZeroOrOne });

    /// <summary>As <see cref="Create"/>, for an argument that may be given several times or left out.</summary>
    public static Argument<string[]> Several(string name, string description) =>
        WithNames(new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.ZeroOrMore });

    /// <summary>Loads the run that an argument names.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such run.</exception>
    public static RunResult Load(string named) => RunResult.Load(DirectoryOf(named));

    /// <summary>The directory that an argument names.</summary>
    public static string DirectoryOf(string named)
    {
        var under = Path.Combine(Folder, named);
        return !Directory.Exists(named) && Directory.Exists(under) ? under : named;
    }

    // What a shell proposes; without a match it proposes files and folders itself.
    private static Argument<T> WithNames<T>(Argument<T> argument)
    {
        argument.CompletionSources.Add(static _ => Names().Select(static name => new CompletionItem(name)));
        return argument;
    }

    private static IEnumerable<string> Names() => Directory.Exists(Folder)
        ? Directory.EnumerateDirectories(Folder)
            .Where(static run => File.Exists(Path.Combine(run, "run.json")))
            .Select(static run => Path.GetFileName(run))
            .Order(StringComparer.Ordinal)
        : [];
}
