using CognitiveTools.Cli.Configuration;

namespace CognitiveTools.Cli.Tests.Configuration;

/// <summary>A program's folder, a user's and a current one, each with a file when it is written.</summary>
internal sealed class SettingsFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-settings-");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Program => Sub("program");

    public string User => Sub("user");

    public string Current => Sub("current");

    public static string FileIn(string folder) => Path.Combine(folder, SettingPlaces.FileName);

    public static void Write(string folder, string json) => File.WriteAllText(FileIn(folder), json);

    /// <summary>A file with one setting.</summary>
    public static void Write(string folder, string key, string value)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(value);
        foreach (var part in key.Split(':').Reverse())
            json = $"{{ {System.Text.Json.JsonSerializer.Serialize(part)}: {json} }}";
        Write(folder, json);
    }

    public LoadedSettings Load() => SettingsLoader.Load(new SettingPlaces(Program, User, Current, Variables));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Sub(string name) => _folder.CreateSubdirectory(name).FullName;
}
