using System.Collections.ObjectModel;

namespace CognitiveTools.Identity;

/// <summary>Facts by name in ordinal order, so that equal facts are written alike.</summary>
internal static class SortedFacts
{
    /// <summary>No facts.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Orders facts.</summary>
    /// <exception cref="ArgumentException">A name appears twice.</exception>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
            sorted.Add(name, value);
        return sorted;
    }
}
