using System.CommandLine;
using System.Runtime.CompilerServices;

namespace CognitiveTools.Cli.Help;

/// <summary>
/// The groups of options and commands in <c>--help</c>. A command's own groups come first, in the order in which they were added, then
/// these. A symbol without a group is listed under a general title.
/// </summary>
internal static class HelpGroup
{
    public const string Model = "Model";
    public const string ProblemLimits = "Limits of one problem";
    public const string SessionLimits = "Limits of one session (the same command resumes the run)";
    public const string Output = "Output";
    public const string Cluster = "Cluster";
    public const string Engine = "Engine (llama.cpp)";
    public const string Debugging = "Debugging and help";

    private static readonly string[] Last = [Model, ProblemLimits, SessionLimits, Output, Cluster, Engine, Debugging];

    private static readonly ConditionalWeakTable<Symbol, string> Groups = [];

    /// <summary>Adds options to a command and to a group of its help.</summary>
    public static void AddGroup(this Command command, string group, params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            Groups.AddOrUpdate(option, group);
            command.Options.Add(option);
        }
    }

    /// <summary>Adds commands to a command and to a group of its help.</summary>
    public static void AddGroup(this Command command, string group, params ReadOnlySpan<Command> commands)
    {
        foreach (var sub in commands)
        {
            Groups.AddOrUpdate(sub, group);
            command.Subcommands.Add(sub);
        }
    }

    /// <summary>The group of an option or command; <see langword="null"/> when it has none.</summary>
    public static string? Of(Symbol symbol) => Groups.TryGetValue(symbol, out var group) ? group : null;

    /// <summary>Where a group is listed: a command's own groups have the same rank.</summary>
    public static int RankOf(string group) => Array.IndexOf(Last, group);
}
