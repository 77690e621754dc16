namespace CognitiveTools.Cli.Configuration;

/// <summary>A setting that cogtools knows.</summary>
/// <param name="Key">Its key, parts joined by ':'.</param>
/// <param name="Reach">What it can lead to.</param>
/// <param name="Form">The form of its value.</param>
/// <param name="Default">What holds without it, in words.</param>
/// <param name="Meaning">What it does; for one that only applications read, what to use instead.</param>
internal sealed record Setting(string Key, SettingReach Reach, SettingForm Form, string Default, string Meaning)
{
    /// <summary>Whether keys below this one hold parts of its value, as a list's do.</summary>
    public bool HasParts { get; init; }

    /// <summary>The environment variable that sets it.</summary>
    public string Variable => SettingTable.Prefix + Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether a key is this setting or a part of it.</summary>
    public bool Covers(string key) => key.Equals(Key, StringComparison.OrdinalIgnoreCase)
        || (HasParts && key.StartsWith(Key + ":", StringComparison.OrdinalIgnoreCase));
}
