using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary>What the commands that write problems share.</summary>
internal static class DataOptions
{
    public static Option<int> Whole(string name, string description, int usual, int least, int most = int.MaxValue) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual }.Within(least, most);

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
