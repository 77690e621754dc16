using CognitiveTools.Files;

namespace CognitiveTools.Cli.Hosting;

/// <summary>A chat template as it is given on the command line or in settings: a file or a name.</summary>
internal static class ChatTemplateFile
{
    // The longest real templates have some 30,000 characters.
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>The file's text, or the name.</summary>
    /// <param name="value">What is given.</param>
    /// <param name="source">Where it is given.</param>
    /// <exception cref="FileNotFoundException">It looks like a path, and there is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a template.</exception>
    public static string Read(string value, string source)
    {
        if (File.Exists(value))
            return ReadFile(value, source);
        return value.AsSpan().IndexOfAny('/', '\\', '.') < 0
            ? value
            : throw new FileNotFoundException(
                $"{source} is '{value}', and there is no such file. "
                    + $"Give a file with Jinja text, or a built-in name such as chatml.", value);
    }

    /// <summary>The text of a file with a template.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">Where it is given.</param>
    /// <exception cref="InvalidDataException">The file is not a template.</exception>
    public static string ReadFile(string path, string source)
    {
        if (IsGguf(path))
            throw new InvalidDataException(
                $"{source}: {path} is a GGUF file, which brings its own template. Give it with -m (--model) instead.");
        if (new FileInfo(path).Length > MostBytes)
            throw new InvalidDataException($"{source}: {path} is larger than any chat template. Name a file with Jinja text.");
        var text = ReadText(path, source);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new InvalidDataException($"{source}: {path} holds NUL characters, so it is not a text. Name a file with Jinja text.");
        return text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal)
            ? text
            : throw new InvalidDataException($"{source}: {path} has no Jinja text ({{{{ or {{%), so it is not a chat template.");
    }

    private static string ReadText(string path, string source)
    {
        try
        {
            return Utf8TextReader.ReadFile(path, MostBytes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{source}: {e.Message} If it is not a text, name a file with Jinja text.", e);
        }
    }

    private static bool IsGguf(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("GGUF"u8);
    }
}
