using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Text;
using Microsoft.Extensions.Configuration;

namespace CognitiveTools.Cli.Configuration;

/// <summary>
/// Reads the settings of the program's folder, the user's, the current folder and the environment. The current folder may be
/// somebody else's, so of its file only <see cref="SettingReach.Plain"/> settings are taken. Whatever is not taken is named.
/// </summary>
internal sealed class SettingsLoader
{
    private const int MaxWarnings = 10;

    // Of ASP.NET and the generic host, whose files have the same name.
    private static readonly string[] HostSections = ["Logging", "AllowedHosts", "ConnectionStrings", "Kestrel"];

    private readonly SettingPlaces _places;
    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _warnings = [];

    private SettingsLoader(SettingPlaces places) => _places = places;

    /// <summary>Reads the settings of this process and prints what was not used.</summary>
    /// <exception cref="InvalidDataException">A file is no settings file; the message names file, line and reason.</exception>
    /// <exception cref="ArgumentException">A value has the wrong form; the message names its place.</exception>
    public static LoadedSettings Load(TextWriter error)
    {
        var settings = Load(SettingPlaces.OfThisProcess());
        foreach (var warning in settings.Warnings)
            error.WriteLine($"cogtools: {TerminalText.Line(warning)}");
        return settings;
    }

    /// <inheritdoc cref="Load(TextWriter)"/>
    public static LoadedSettings Load(SettingPlaces places)
    {
        var loader = new SettingsLoader(places);
        var program = Path.Combine(places.Program, SettingPlaces.FileName);
        loader.TakeOwn(SettingsFile.Read(program));
        if (places.UserFile is { } user)
            loader.TakeOwn(SettingsFile.Read(user));
        var current = Path.Combine(places.Current, SettingPlaces.FileName);
        if (!IsSame(current, program) && !IsSame(current, places.UserFile))
            loader.TakeForeign(SettingsFile.Read(current));
        loader.TakeOwn(loader.OfEnvironment());
        return loader.Finish();
    }

    private static bool IsSame(string file, string? other) => other is not null && File.Exists(file) && File.Exists(other)
        && (Path.GetFullPath(file) == Path.GetFullPath(other) || (new FileInfo(file).Length == new FileInfo(other).Length && File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(other))));

    private void TakeOwn(IEnumerable<SettingEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (Known(entry) is not { } setting)
                continue;
            if (setting.Reach == SettingReach.AppsOnly)
                _warnings.Add($"{entry.Place}: {setting.Key} is for applications and has no effect here. {setting.Meaning}");
            else
                Take(entry, setting);
        }
    }

    private void TakeForeign(IEnumerable<SettingEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (HostSections.Contains(entry.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase) || Known(entry) is not { } setting)
                continue;
            if (setting.Reach != SettingReach.Plain)
                _warnings.Add($"{entry.Place}: {setting.Key} is not read from the current folder, which may be somebody else's. {OwnPlaces(setting)}");
            else if (setting.Key == SettingTable.Model && ModelCatalog.Load().Find(entry.Value) is null)
                _warnings.Add($"{entry.Place}: {setting.Key} may only be a name of `cogtools models list` in the current folder's file, not '{entry.Value}'. Give --model. {OwnPlaces(setting)}");
            else
                Take(entry, setting);
        }
    }

    private Setting? Known(SettingEntry entry)
    {
        var setting = SettingTable.Find(entry.Key);
        if (setting is null)
            _warnings.Add($"{entry.Place}: there is no setting {entry.Key}. {SettingTable.Hint(entry.Key)}");
        return setting;
    }

    private void Take(SettingEntry entry, Setting setting)
    {
        if (entry.Value.Length == 0)
            _values.Remove(entry.Key); // empty means the default
        else if (setting.Form.Fits(entry.Value))
            _values[entry.Key] = entry.Value;
        else
            throw new ArgumentException($"{entry.Place}: {setting.Key} is '{entry.Value}'; it must be {setting.Form.Words}.");
    }

    private IEnumerable<SettingEntry> OfEnvironment()
    {
        foreach (var (name, value) in _places.Variables.OrderBy(static variable => variable.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(SettingTable.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                var key = KeyOf(name[SettingTable.Prefix.Length..]);
                if (!IsSetting(name))
                    continue;
                if (SettingTable.Find(key) is null && SettingTable.NearVariable(key) is { } near)
                    _warnings.Add($"there is no environment variable {name}. Did you mean '{near}'?");
                else
                    yield return new SettingEntry(key, value, $"the environment variable {name}");
            }
            else if (name.StartsWith(SettingTable.FormerPrefix, StringComparison.Ordinal))
            {
                _warnings.Add($"the environment variable {name} has no effect. Call it {SettingTable.Prefix}{name[SettingTable.FormerPrefix.Length..]}.");
            }
            else if (name.Contains("__", StringComparison.Ordinal) && SettingTable.Find(KeyOf(name)) is { Reach: not SettingReach.AppsOnly } setting)
            {
                _warnings.Add($"the environment variable {name} has no effect here. Call it {setting.Variable}.");
            }
        }
    }

    private static string KeyOf(string variable) => variable.Replace("__", ":", StringComparison.Ordinal);

    // Keys of endpoints are kept in variables that users name; a message about those would help nobody.
    private static bool IsSetting(string name) => name.Contains("__", StringComparison.Ordinal)
        || !(SettingTable.OtherVariables.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.EndsWith("KEY", StringComparison.OrdinalIgnoreCase) || name.EndsWith("TOKEN", StringComparison.OrdinalIgnoreCase));

    private string OwnPlaces(Setting setting) =>
        $"Put it into {_places.UserFile ?? "the program's own " + SettingPlaces.FileName}, or set the environment variable {setting.Variable}.";

    private LoadedSettings Finish()
    {
        _values.Remove(SettingTable.Natives, out var natives);
        if (_places.Variables.GetValueOrDefault(NativeLibraryLocator.EnvironmentVariable) is { Length: > 0 })
            natives = null; // a variable comes after every file, this one too
        IReadOnlyList<string> warnings = _warnings.Count <= MaxWarnings
            ? _warnings
            : [.. _warnings.Take(MaxWarnings - 1), $"{_warnings.Count - MaxWarnings + 1} more settings were found and not used. docs/settings.md lists what may come from where."];
        return new LoadedSettings(new ConfigurationBuilder().AddInMemoryCollection(_values).Build(), natives, warnings);
    }
}
