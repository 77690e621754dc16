namespace CognitiveTools.Files;

/// <summary>Where the toolkit keeps what it can make or fetch again: models, imported problem sets, alignments.</summary>
public static class CacheFolder
{
    /// <summary>
    /// <c>cognitivetools/NAME</c> under <c>XDG_CACHE_HOME</c> where that is set to a full path (others are ignored, as the XDG
    /// specification asks), else under the local application data on Windows and <c>~/.cache</c> elsewhere.
    /// </summary>
    /// <param name="name">What is kept, for instance <c>models</c>.</param>
    /// <exception cref="InvalidOperationException">The system names no folder of the user's.</exception>
    public static string Of(string name) => Of(name, Environment.GetEnvironmentVariable);

    internal static string Of(string name, Func<string, string?> variable)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var cache = variable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathFullyQualified(named) ? named
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.IsPathFullyQualified(cache)
            ? Path.Combine(cache, "cognitivetools", name)
            : throw new InvalidOperationException("The system names no home of this user, so there is no folder for what can be made again. Set XDG_CACHE_HOME to a full path.");
    }
}
