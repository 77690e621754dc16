using CognitiveTools.Text;

namespace CognitiveTools.Files;

/// <summary>The user's folder for files that can be made or downloaded again: models, imported problem sets, alignments.</summary>
internal static class CacheFolder
{
    /// <summary>
    /// <c>cognitivetools/NAME</c> under <c>XDG_CACHE_HOME</c> when that is a full path (other values are ignored, as the XDG
    /// specification requires), else under the local application data on Windows and <c>~/.cache</c> elsewhere.
    /// </summary>
    /// <param name="name">The kind of content, for instance <c>models</c>.</param>
    /// <exception cref="InvalidOperationException">The system names no folder of the user's.</exception>
    public static string Of(string name) => Of(name, Environment.GetEnvironmentVariable, Environment.GetFolderPath);

    /// <summary>The folder as in <see cref="Of(string)"/>.</summary>
    /// <param name="name">The kind of content.</param>
    /// <returns><see langword="null"/> when the system names no folder of the user's.</returns>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable, Environment.GetFolderPath);

    internal static string Of(string name, Func<string, string?> variable, Func<Environment.SpecialFolder, string> system) =>
        Find(name, variable, system) ?? throw new InvalidOperationException(
            $"{Home(variable("HOME"))}, so there is no folder for what can be fetched or made again. Correct it, or set XDG_CACHE_HOME to "
                + "a full path.");

    internal static string? Find(string name, Func<string, string?> variable, Func<Environment.SpecialFolder, string> system)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        const Environment.SpecialFolder Windows = Environment.SpecialFolder.LocalApplicationData;
        return XdgFolder.Find("XDG_CACHE_HOME", Windows, ".cache", variable, system) is { } folder ? Path.Combine(folder, name) : null;
    }

    // .NET returns no home folder when HOME is not a folder.
    private static string Home(string? home) => string.IsNullOrEmpty(home) || OperatingSystem.IsWindows()
        ? "The system names no home folder of this user"
        : $"The environment variable HOME is '{TerminalText.Excerpt(home)}', which is not a folder that exists";
}
