using System.CommandLine;
using System.CommandLine.Parsing;

namespace CognitiveTools.Cli;

/// <summary>Files and folders on the command line: one that is missing is refused by the name of its option.</summary>
internal static class PathOptions
{
    private const string Output = "--out", StandardInput = "-";

    /// <summary>Refuses, in a command and those below it, files to read that are missing, and files to write that cannot be made.</summary>
    public static void RefuseMissing(Command command)
    {
        foreach (var option in command.Options.Where(static option => IsPath(option.ValueType)))
        {
            option.Validators.Add(result =>
                Check(
                    result, option.Name, option.ValueType,
                    option.Name == Output ? ProblemOfOutput : ReadsInput(option) ? ProblemOfFileOrInput : ProblemOfInput));
        }

        foreach (var argument in command.Arguments.Where(static argument => IsPath(argument.ValueType)))
            argument.Validators.Add(result => Check(result, argument.Name, argument.ValueType, ProblemOfInput));
        foreach (var sub in command.Subcommands)
            RefuseMissing(sub);
    }

    /// <summary>Whether values of a type are paths.</summary>
    public static bool IsPath(Type type) => type == typeof(FileInfo) || type == typeof(DirectoryInfo);

    /// <summary>A message about a missing file or folder, with the option that gave the path.</summary>
    public static string NameOption(ParseResult parse, Exception error, string message)
    {
        if (error is not (IOException or UnauthorizedAccessException or ArgumentException or DllNotFoundException))
            return message;
        var options = parse.CommandResult.Children.OfType<OptionResult>()
            .Where(result => TakesPath(result.Option) && result.Tokens.Any(token => IsNamed(token.Value, error, message)))
            .Select(static result => result.Option.Name)
            .ToArray();
        return options is [var option] && !message.Contains(option, StringComparison.Ordinal) ? $"{option}: {message}" : message;
    }

    // A name that the tool knows may be given in place of many files.
    private static bool TakesPath(Option option) => IsPath(option.ValueType)
        || option.HelpName is { } form && form.Split('|').Any(static part => part is "FILE" or "FOLDER");

    private static bool IsNamed(string value, Exception error, string message) => value.Length > 0
        && !value.Contains('\0', StringComparison.Ordinal)
        && (message.Contains($"'{value}'", StringComparison.Ordinal)
            || message.Contains(Path.GetFullPath(value), StringComparison.Ordinal)
            || (error as FileNotFoundException)?.FileName == value);

    private static void Check(SymbolResult result, string name, Type type, Func<string, bool, string?> problemOf)
    {
        foreach (var token in result.Tokens.Where(static token => !string.IsNullOrWhiteSpace(token.Value)))
        {
            var isPath = !token.Value.Contains('\0', StringComparison.Ordinal);
            if ((isPath ? problemOf(token.Value, type == typeof(DirectoryInfo)) : "which no file can be named.") is { } problem)
                result.AddError($"{name} is '{token.Value}', {problem}");
        }
    }

    private static bool ReadsInput(Option option) => option.HelpName?.Split('|').Contains(StandardInput, StringComparer.Ordinal) is true;

    private static string? ProblemOfFileOrInput(string path, bool isFolder) =>
        path == StandardInput ? null : ProblemOfInput(path, isFolder);

    private static string? ProblemOfInput(string path, bool isFolder) => isFolder
        ? Directory.Exists(path) ? null
            : File.Exists(path) ? "which is a file. Give a folder." : "and there is no such folder. Correct the path."
        : File.Exists(path) ? null
            : Directory.Exists(path) ? "which is a folder. Give a file." : "and there is no such file. Correct the path.";

    private static string? ProblemOfOutput(string path, bool isFolder)
    {
        if (isFolder)
            return File.Exists(path) ? "which is a file. Give a folder." : null;
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            return "which is a folder. Give the name of a file in it.";
        return Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)
            ? $"and there is no folder '{folder}'. Make it first, or correct the path."
            : null;
    }
}
