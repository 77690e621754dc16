using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Reads the settings of a <see cref="ReasonerSpec"/> and remembers which were read, so that
/// <see cref="RefuseUnread"/> can refuse the others. Use one instance per spec; not thread-safe.
/// </summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name",
    Justification = "The methods are named after the type they return, like BinaryReader's.")]
public sealed class SettingsReader(ReasonerSpec spec)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The spec, for messages.</summary>
    internal ReasonerSpec Spec => spec;

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="ArgumentException">The value is not a whole number, or out of range.</exception>
    public int Int32(string name, int defaultValue, int min = int.MinValue, int max = int.MaxValue)
    {
        if (Find(name) is not { } text)
            return defaultValue;
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        return isNumber && value >= min && value <= max
            ? value
            : throw Invalid(name, text, $"a whole number from {min} to {max}");
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="ArgumentException">The value is not a finite number, or out of range.</exception>
    public float Single(string name, float defaultValue, float min = float.MinValue, float max = float.MaxValue)
    {
        if (Find(name) is not { } text)
            return defaultValue;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Invalid(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));
    }

    /// <summary>Whether the spec has the setting; it counts as read.</summary>
    internal bool Has(string name) => Find(name) is not null;

    /// <summary>Reads a number; <see langword="null"/> when the setting is absent.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="others">Other values, for the message.</param>
    /// <exception cref="ArgumentException">The value is not a finite number, or out of range.</exception>
    internal float? OptionalSingle(string name, float min, float max, string others = "")
    {
        if (Find(name) is not { } text)
            return null;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Invalid(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}{others}"));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="defaultValue">Returned when the setting is absent.</param>
    /// <param name="allowed">The allowed texts; empty to allow any.</param>
    /// <exception cref="ArgumentException">The text is not allowed.</exception>
    public string Text(string name, string defaultValue, params ReadOnlySpan<string> allowed)
    {
        if (Find(name) is not { } text)
            return defaultValue;
        return allowed.Length == 0 || allowed.Contains(text)
            ? text
            : throw Invalid(name, text, $"one of: {string.Join(", ", allowed!)}");
    }

    /// <summary>Reads the path of a file or folder. Read every such setting with this method.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="defaultValue">Returned when the setting is absent.</param>
    /// <exception cref="ArgumentException">The spec's author may not name files (<see cref="ReasonerSpec.IsForeign"/>).</exception>
    public string Path(string name, string defaultValue) => !spec.IsForeign || !spec.Settings.ContainsKey(name)
        ? Text(name, defaultValue)
        : throw new ArgumentException($"Reasoner '{spec}': '{name}' names a file of this machine, which a request may not. Leave it out.");

    /// <summary>Reads all settings that begin with a prefix and removes the prefix from their names.</summary>
    public IReadOnlyDictionary<string, string> WithPrefix(string prefix)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in spec.Settings)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                _known.Add(key);
                found.Add(key[prefix.Length..], value);
            }
        }

        return found;
    }

    /// <summary>Refuses a control, for reasoners without controls.</summary>
    /// <exception cref="ArgumentException">The spec has a control.</exception>
    public void RefuseControl()
    {
        if (spec.Control is { } control)
            throw new ArgumentException($"Reasoner '{spec}': '{spec.Kind}' has no control '{control}'. Remove '/{control}'.");
    }

    /// <summary>Refuses every setting that was not read.</summary>
    /// <exception cref="ArgumentException">A setting was not read; the message names it and the known ones.</exception>
    public void RefuseUnread()
    {
        var unread = spec.Settings.Keys.Where(k => !_known.Contains(k)).ToList();
        if (unread.Count == 0)
            return;
        var known = _known.Count == 0 ? "it takes none" : $"it takes: {string.Join(", ", _known.Order(StringComparer.Ordinal))}";
        throw new ArgumentException($"Reasoner '{spec}': '{spec.Kind}' has no setting '{string.Join("', '", unread)}'; {known}.");
    }

    private string? Find(string name)
    {
        _known.Add(name);
        return spec.Settings.GetValueOrDefault(name);
    }

    private ArgumentException Invalid(string name, string text, string expected) =>
        new($"Reasoner '{spec}': '{name}={text}' must be {expected}.");
}
