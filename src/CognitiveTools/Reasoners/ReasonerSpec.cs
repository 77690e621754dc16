namespace CognitiveTools.Reasoners;

/// <summary>
/// Names a reasoner and its settings, as suites and the command line write them:
/// <c>kind[:key=value,key=value][/control]</c>, for instance <c>latent:rule=soft,steps=8/zeroed</c>.
/// </summary>
/// <param name="Kind">The kind, for instance <c>cot</c> or <c>latent</c>.</param>
/// <param name="Settings">Settings by name (ordinal, lower case).</param>
/// <param name="Control">The control wrapped around a latent rule; <see langword="null"/> for none.</param>
public sealed record ReasonerSpec(string Kind, IReadOnlyDictionary<string, string> Settings, string? Control = null)
{
    /// <summary>
    /// Whether somebody wrote it who may not name files of this machine, such as the client of a server: settings that are files or
    /// folders are then refused, unread (<see cref="SettingsReader.Path"/>). Reasoners within this one inherit it.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsForeign { get; init; }

    /// <summary>Parses the short form. What follows the last '/' is a control unless it has a '.' or a '=', as file names have.</summary>
    /// <exception cref="FormatException">The text does not have that form; the message says what is wrong.</exception>
    public static ReasonerSpec Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var rest = text.Trim();
        string? control = null;
        var slash = rest.LastIndexOf('/');
        if (EndsInControl(rest)) // else the '/' belongs to a file's path
        {
            control = rest[(slash + 1)..].Trim();
            rest = rest[..slash];
            if (control.Length == 0)
                throw new FormatException($"Reasoner '{text}': a control's name is missing after '/'.");
        }

        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var kind = (colon < 0 ? rest : rest[..colon]).Trim();
        if (kind.Length == 0)
            throw new FormatException($"Reasoner '{text}': write kind[:key=value,...][/control], for instance 'latent:steps=8/zeroed'.");

        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (colon >= 0)
        {
            foreach (var pair in rest[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var equals = pair.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0)
                    throw new FormatException($"Reasoner '{text}': '{pair}' is not key=value.");
                if (!settings.TryAdd(pair[..equals].Trim(), pair[(equals + 1)..].Trim()))
                    throw new FormatException($"Reasoner '{text}': '{pair[..equals].Trim()}' is given twice.");
            }
        }

        return new ReasonerSpec(kind, settings, control);
    }

    /// <summary>The short form, settings in ordinal order of their names; equal specs have the same, and parsing it gives an equal
    /// spec.</summary>
    public override string ToString()
    {
        var settings = Settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}").ToList();
        if (Control is null && settings.Count > 1 && EndsInControl(settings[^1])
            && settings.FindLastIndex(s => !EndsInControl(s)) is >= 0 and var other)
            (settings[other], settings[^1]) = (settings[^1], settings[other]); // else Parse would take the end of a path for a control
        var text = settings.Count == 0 ? Kind : $"{Kind}:{string.Join(',', settings)}";
        return Control is null ? text : $"{text}/{Control}";
    }

    /// <summary>Whether kind, settings and control are the same, whatever the order of the settings.</summary>
    public bool Equals(ReasonerSpec? other) =>
        other is not null && Kind == other.Kind && Control == other.Control && Settings.Count == other.Settings.Count
        && Settings.All(s => other.Settings.TryGetValue(s.Key, out var value) && value == s.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private static bool EndsInControl(string text) =>
        text.LastIndexOf('/') is >= 0 and var slash && !text.AsSpan(slash).ContainsAny('.', '=');
}
