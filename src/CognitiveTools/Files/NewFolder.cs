namespace CognitiveTools.Files;

/// <summary>Makes folders that users name, with messages for names that cannot become one.</summary>
internal static class NewFolder
{
    /// <summary>Makes a folder, unless it exists.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="what">What it is for, at the start of the message: "The run directory".</param>
    /// <param name="remedy">What to do when it cannot be made.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="IOException">A file has the name, or the system refuses it.</exception>
    public static string Make(string path, string what, string remedy)
    {
        var full = Path.GetFullPath(path);
        if (FileAt(full) is { } file)
            throw new IOException($"{what} '{path}' cannot be made, because {file} is a file. {remedy}");
        try
        {
            return Directory.CreateDirectory(full).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{what} '{path}' cannot be made: the system allows no new folder there. {remedy}", error);
        }
    }

    private static string? FileAt(string path)
    {
        for (string? at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
                return at;
        }

        return null;
    }
}
