namespace CognitiveTools.Cli.Hosting;

/// <summary>A chat template as it is given on the command line or in settings: a file or a name.</summary>
internal static class ChatTemplateFile
{
    // The longest real templates have some 30,000 characters.
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>The file's text, or the name.</summary>
    /// <param name="value">What is given.</param>
    /// <param name="source">Where it is given.</param>
    /// <exception cref="FileNotFoundException">It looks like a path, and there is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a template.</exception>
    public static string Read(string value, string source)
    {
        if (File.Exists(value))
        {
            if (new FileInfo(value).Length > MostBytes)
                throw new InvalidDataException($"{source}: {value} is larger than any chat template. Name a file with Jinja text.");
            var text = File.ReadAllText(value);
            return text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal)
                ? text
                : throw new InvalidDataException($"{source}: {value} has no Jinja text ({{{{ or {{%), so it is not a chat template.");
        }

        return value.AsSpan().IndexOfAny('/', '\\', '.') < 0
            ? value
            : throw new FileNotFoundException(
                $"{source} is '{value}', and there is no such file. "
                    + $"Give a file with Jinja text, or a built-in name such as chatml.", value);
    }
}
