using System.Globalization;
using CognitiveTools.Identity;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Models;

/// <summary>
/// The sampling that a model's file recommends: its keys <c>general.sampling.*</c>, which converters take from the publisher's
/// <c>generation_config.json</c>. Values out of range, of another type, and keys without a counterpart here are listed in
/// <see cref="Unused"/> and have no effect.
/// </summary>
internal sealed record ModelSampling
{
    /// <summary>The prefix of the keys.</summary>
    public const string Prefix = "general.sampling.";

    /// <summary>No recommendation.</summary>
    public static ModelSampling None { get; } = new();

    /// <summary><c>temp</c>.</summary>
    public float? Temperature { get; init; }

    /// <summary><c>top_k</c>.</summary>
    public int? TopK { get; init; }

    /// <summary><c>top_p</c>.</summary>
    public float? TopP { get; init; }

    /// <summary><c>min_p</c>.</summary>
    public float? MinP { get; init; }

    /// <summary><c>penalty_repeat</c>.</summary>
    public float? RepeatPenalty { get; init; }

    /// <summary><c>penalty_last_n</c>: the tokens of the answer that <see cref="RepeatPenalty"/> looks at; -1 for all.</summary>
    public int? RepeatWindow { get; init; }

    /// <summary>Keys that have no effect, with their values.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>The values that are used, by the names of their keys.</summary>
    public IReadOnlyDictionary<string, string> Facts
    {
        get
        {
            (string Name, IFormattable? Value)[] values =
            [
                ("temp", Temperature), ("top_k", TopK), ("top_p", TopP), ("min_p", MinP), ("penalty_repeat", RepeatPenalty),
                ("penalty_last_n", RepeatWindow),
            ];
            return SortedFacts.Of(values.Where(static fact => fact.Value is not null)
                .Select(static fact => KeyValuePair.Create(fact.Name, fact.Value!.ToString(null, CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>Reads the recommendation of a file.</summary>
    /// <param name="metadata">The file's metadata.</param>
    /// <param name="overrides">Values that replace the file's.</param>
    public static ModelSampling Read(GgufMetadata metadata, IReadOnlyDictionary<string, GgufValue> overrides)
    {
        var unused = new List<string>();
        var read = new ModelSampling();
        foreach (var key in metadata.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (!overrides.TryGetValue(key, out var value) && !metadata.TryGetValue(key, out value))
                continue;
            if (read.With(key[Prefix.Length..], NumberOf(value)) is { } more)
                read = more;
            else
                unused.Add($"{key} = {value.Content}");
        }

        return read with { Unused = unused };
    }

    private ModelSampling? With(string name, double? value) => (name, value) switch
    {
        ("temp", >= 0 and <= 100) => this with { Temperature = (float)value },
        ("top_k", >= int.MinValue and <= int.MaxValue) when IsWhole(value.Value) => this with { TopK = Math.Max(0, (int)value) },
        ("top_p", >= 0 and <= 1) => this with { TopP = (float)value },
        ("min_p", >= 0 and <= 1) => this with { MinP = (float)value },
        ("penalty_repeat", > 0 and <= 100) => this with { RepeatPenalty = (float)value },
        ("penalty_last_n", >= -1 and <= int.MaxValue) when IsWhole(value.Value) => this with { RepeatWindow = (int)value },
        _ => null,
    };

    private static bool IsWhole(double value) => value == Math.Floor(value);

    private static double? NumberOf(GgufValue value) =>
        value.Content is IConvertible and not (string or bool)
            && Convert.ToDouble(value.Content, CultureInfo.InvariantCulture) is var number && double.IsFinite(number)
                ? number
                : null;
}
