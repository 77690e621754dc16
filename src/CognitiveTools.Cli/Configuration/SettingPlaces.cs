using System.Collections;
using CognitiveTools.Files;

namespace CognitiveTools.Cli.Configuration;

/// <summary>Where settings are looked for; a later place wins.</summary>
/// <param name="Program">The program's own folder.</param>
/// <param name="User">The user's settings folder; <see langword="null"/> when the system names none.</param>
/// <param name="Current">The current folder; another person may have written its files.</param>
/// <param name="Variables">Environment variables.</param>
internal sealed record SettingPlaces(string Program, string? User, string Current, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>Name of the file in each folder.</summary>
    public const string FileName = "appsettings.json";

    /// <summary>The file of the user's settings folder; <see langword="null"/> when there is no such folder.</summary>
    public string? UserFile => User is null ? null : Path.Combine(User, FileName);

    /// <summary>The places of this process.</summary>
    public static SettingPlaces OfThisProcess() => new(
        AppContext.BaseDirectory,
        SettingsFolder.Find(),
        Directory.GetCurrentDirectory(),
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal));
}
