using System.CommandLine;
using CognitiveTools.Lab.Bench.Architectures;
using CognitiveTools.Text;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary>The toys that a command line names.</summary>
internal static class ToyNames
{
    public static Argument<string[]> Argument() => new("architectures")
    {
        Description = "Architectures by llama.cpp's names; all of them when left out",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <exception cref="ArgumentException">A name is unknown; the message lists the names.</exception>
    public static IReadOnlyList<ToyArchitecture> Find(string[] names) =>
        names.Length == 0 ? ToyArchitectures.All : [.. names.Select(Find)];

    private static ToyArchitecture Find(string name) =>
        ToyArchitectures.All.FirstOrDefault(toy => string.Equals(toy.FileName, name, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"There is no toy of the architecture '{name}'. "
            + (Nearest.Of(name, Names) is { } near ? $"Did you mean {near}? " : "") + $"Architectures: {string.Join(", ", Names)}.");

    private static IEnumerable<string> Names => ToyArchitectures.All.Select(static toy => toy.FileName);
}
