using CognitiveTools.Text;

namespace CognitiveTools.Files;

/// <summary>Where the toolkit keeps what it can make or fetch again: models, imported problem sets, alignments.</summary>
internal static class CacheFolder
{
    /// <summary>
    /// <c>cognitivetools/NAME</c> under <c>XDG_CACHE_HOME</c> where that is set to a full path (others are ignored, as the XDG
    /// specification asks), else under the local application data on Windows and <c>~/.cache</c> elsewhere.
    /// </summary>
    /// <param name="name">What is kept, for instance <c>models</c>.</param>
    /// <exception cref="InvalidOperationException">The system names no folder of the user's.</exception>
    public static string Of(string name) => Of(name, Environment.GetEnvironmentVariable, Environment.GetFolderPath);

    /// <summary>The folder as in <see cref="Of(string)"/>.</summary>
    /// <param name="name">What is kept.</param>
    /// <returns><see langword="null"/> when the system names no folder of the user's.</returns>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable, Environment.GetFolderPath);

    internal static string Of(string name, Func<string, string?> variable, Func<Environment.SpecialFolder, string> system) =>
        Find(name, variable, system) ?? throw new InvalidOperationException(
            $"{Home(variable("HOME"))}, so there is no folder for what can be fetched or made again. Correct it, or set XDG_CACHE_HOME to "
                + "a full path.");

    internal static string? Find(string name, Func<string, string?> variable, Func<Environment.SpecialFolder, string> system)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var cache = variable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathFullyQualified(named) ? named
            : OperatingSystem.IsWindows() ? system(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(system(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.IsPathFullyQualified(cache) ? Path.Combine(cache, "cognitivetools", name) : null;
    }

    // .NET names no home where HOME is not a folder.
    private static string Home(string? home) => string.IsNullOrEmpty(home) || OperatingSystem.IsWindows()
        ? "The system names no home folder of this user"
        : $"The environment variable HOME is '{TerminalText.Excerpt(home)}', which is not a folder that exists";
}
