using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary>What the commands that write problems share.</summary>
internal static class DataOptions
{
    public static Option<int> Whole(string name, string description, int usual, int least, int most = int.MaxValue) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual }.Within(least, most);

    public static Option<int?> Wordings() => new Option<int?>("--wordings")
    {
        Description = "Put each problem in one of the first N wordings of its family, or with 0 in canonical form; in any of its split "
            + "when left out",
        HelpName = "N",
    }.Within(0, 100);

    public static Option<string?> Families() => new("--families")
    {
        Description = "Families drawn from, separated by commas; all when left out",
        HelpName = "NAMES",
    };

    /// <summary>The names in an option of families.</summary>
    public static IReadOnlyList<string> Names(string? families) =>
        families?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Writes problems to the file that an option names, or prints them.</summary>
    public static async Task WriteAsync(
        ParseResult parse, Option<FileInfo?> option, ProblemSet problems, CancellationToken cancellationToken)
    {
        var text = ProblemFile.Write(problems.Problems);
        if (parse.GetValue(option) is not { } file)
        {
            await parse.InvocationConfiguration.Output.WriteAsync(text.AsMemory(), cancellationToken);
            return;
        }

        await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
        await parse.InvocationConfiguration.Output.WriteLineAsync($"{file}: {problems.Problems.Count} problems");
    }
}
