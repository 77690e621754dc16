namespace CognitiveTools.Files;

/// <summary>Where the user keeps settings that hold in every folder.</summary>
internal static class SettingsFolder
{
    /// <summary>
    /// <c>cognitivetools</c> under <c>XDG_CONFIG_HOME</c> where that is set to a full path (others are ignored, as the XDG
    /// specification asks: they would depend on the current folder), else under the application data on Windows and <c>~/.config</c>
    /// elsewhere.
    /// </summary>
    /// <returns><see langword="null"/> when the system names no folder of the user's.</returns>
    public static string? Find() => Find(Environment.GetEnvironmentVariable, Environment.GetFolderPath);

    internal static string? Find(Func<string, string?> variable, Func<Environment.SpecialFolder, string> system)
    {
        string?[] folders =
        [
            variable("XDG_CONFIG_HOME"),
            OperatingSystem.IsWindows() ? system(Environment.SpecialFolder.ApplicationData)
                : Path.Combine(system(Environment.SpecialFolder.UserProfile), ".config"),
        ];
        return Array.Find(folders, static folder => folder is { Length: > 0 } && Path.IsPathFullyQualified(folder)) is { } found
            ? Path.Combine(found, "cognitivetools") : null;
    }
}
