using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Reads the settings of a <see cref="ReasonerSpec"/> and remembers which were asked for, so that
/// <see cref="RefuseUnread"/> can name the rest as unknown. Not thread-safe; one per spec being read.
/// </summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name",
    Justification = "The methods are named after the type they return, like BinaryReader's.")]
public sealed class SettingsReader(ReasonerSpec spec)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="ArgumentException">It is no whole number, or out of range.</exception>
    public int Int32(string name, int defaultValue, int min = int.MinValue, int max = int.MaxValue)
    {
        if (Find(name) is not { } text)
            return defaultValue;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min
            && value <= max
            ? value
            : throw Invalid(name, text, $"a whole number from {min} to {max}");
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="ArgumentException">It is no finite number, or out of range.</exception>
    public float Single(string name, float defaultValue, float min = float.MinValue, float max = float.MaxValue)
    {
        if (Find(name) is not { } text)
            return defaultValue;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Invalid(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="defaultValue">Returned when the setting is absent.</param>
    /// <param name="allowed">The texts allowed; any when empty.</param>
    /// <exception cref="ArgumentException">It is none of those allowed.</exception>
    public string Text(string name, string defaultValue, params ReadOnlySpan<string> allowed)
    {
        if (Find(name) is not { } text)
            return defaultValue;
        return allowed.Length == 0 || allowed.Contains(text)
            ? text
            : throw Invalid(name, text, $"one of: {string.Join(", ", allowed!)}");
    }

    /// <summary>Reads the path of a file or folder. Every setting that is one is read with this method and no other.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="defaultValue">Returned when the setting is absent.</param>
    /// <exception cref="ArgumentException">The spec's author may not name files (<see cref="ReasonerSpec.IsForeign"/>).</exception>
    public string Path(string name, string defaultValue) => !spec.IsForeign || !spec.Settings.ContainsKey(name)
        ? Text(name, defaultValue)
        : throw new ArgumentException($"Reasoner '{spec}': '{name}' names a file of this machine, which a request may not. Leave it out.");

    /// <summary>Reads all settings that begin with a prefix; they are returned without it.</summary>
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

    /// <summary>Refuses a control, for reasoners that have none.</summary>
    /// <exception cref="ArgumentException">The spec names a control.</exception>
    public void RefuseControl()
    {
        if (spec.Control is { } control)
            throw new ArgumentException($"Reasoner '{spec}': '{spec.Kind}' has no control '{control}'. Remove '/{control}'.");
    }

    /// <summary>Refuses every setting that was never asked for.</summary>
    /// <exception cref="ArgumentException">There is one; the message names it and those known.</exception>
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
