using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>
/// Suites and problem sets that come with the tool, by name: the files of a folder, in a clone or beside the program.
/// </summary>
/// <param name="folder">Path from the repository's root.</param>
/// <param name="ending">The files' ending.</param>
/// <param name="what">What a file is, for messages: "suite".</param>
internal sealed class ShippedData(string folder, string ending, string what)
{
    /// <summary>The suites.</summary>
    public static ShippedData Suites { get; } = new("evals/suites", ".yaml", "suite");

    /// <summary>The problem sets.</summary>
    public static ShippedData Problems { get; } = new("evals/problems", ".jsonl", "problem set");

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => BundledFiles.FindFolder(folder) is { } found
        ? [.. Directory.EnumerateFiles(found, "*" + ending).Select(static file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The file of a name; <see langword="null"/> when none has it.</summary>
    public string? Find(string name) => Names.Contains(name, StringComparer.Ordinal)
        ? Path.Combine(BundledFiles.FindFolder(folder)!, name + ending)
        : null;

    /// <summary>The file that a text names: an existing file, else one of the names.</summary>
    /// <exception cref="FileNotFoundException">It is neither.</exception>
    public string Require(string named) => File.Exists(named) ? named : Find(named) ?? throw Unknown(named);

    /// <summary>Says that a text is neither a file nor a name, and which names there are.</summary>
    /// <param name="named">The text.</param>
    /// <param name="others">Further names that would do.</param>
    public FileNotFoundException Unknown(string named, params IReadOnlyList<string> others)
    {
        string[] names = [.. Names, .. others];
        var known = names.Length > 0
            ? $"Give the path of a file, or a name: {string.Join(", ", names)}."
            : $"Give the path of a file. (The folder {folder} that comes with cogtools is missing: run inside a clone, or reinstall.)";
        return new($"There is no file and no {what} '{TerminalText.Excerpt(named)}'.{Nearest.Hint(named, names)} {known}", named);
    }
}
