namespace CognitiveTools.Files;

/// <summary>The folder of the user's settings.</summary>
internal static class SettingsFolder
{
    /// <summary>
    /// <c>cognitivetools</c> under <c>XDG_CONFIG_HOME</c> when that is a full path (other
    /// values would depend on the current folder and are ignored, as the XDG specification
    /// requires), else under the application data on Windows and <c>~/.config</c> elsewhere.
    /// </summary>
    /// <returns><see langword="null"/> when the system names no folder of the user's.</returns>
    public static string? Find() => Find(Environment.GetEnvironmentVariable, Environment.GetFolderPath);

    internal static string? Find(Func<string, string?> variable, Func<Environment.SpecialFolder, string> system) =>
        XdgFolder.Find("XDG_CONFIG_HOME", Environment.SpecialFolder.ApplicationData, ".config", variable, system);
}
