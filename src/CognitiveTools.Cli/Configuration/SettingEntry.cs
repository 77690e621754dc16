namespace CognitiveTools.Cli.Configuration;

/// <summary>A value that was found for a key.</summary>
/// <param name="Key">The key, parts joined by ':'.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Place">Where it stands, for messages: a file with its line, or an environment variable.</param>
internal sealed record SettingEntry(string Key, string Value, string Place);
