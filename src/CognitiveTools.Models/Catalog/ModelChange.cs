using System.Globalization;

namespace CognitiveTools.Models.Catalog;

/// <summary>What is changed about a model when it is loaded.</summary>
internal sealed record ModelChange
{
    private const string LoraMark = "+lora=", SetMark = "+set=", ThoughtsMark = "+thoughts=";

    /// <summary>No change.</summary>
    public static ModelChange None { get; } = new();

    /// <summary>A LoRA adapter, relative to the repository's root or the current folder; <see langword="null"/>: no adapter.</summary>
    public string? Lora { get; init; }

    /// <summary>Factor of the adapter's effect.</summary>
    public float LoraScale { get; init; } = 1;

    /// <summary>Values that replace those in the file's metadata.</summary>
    public IReadOnlyList<MetadataOverride> Overrides { get; init; } = [];

    /// <summary>The format of the model's thoughts; <see langword="null"/>: found in its chat template.</summary>
    public string? ThoughtFormat { get; init; }

    /// <summary>Whether anything is changed.</summary>
    public bool IsNone => Lora is null && Overrides.Count == 0 && ThoughtFormat is null;

    /// <summary>The changes as a reference writes them.</summary>
    public IReadOnlyList<string> Parts() =>
    [
        .. Lora is null ? [] : (string[])[LoraMark + Lora],
        .. Overrides.Select(static change => $"{SetMark}{change.Key}:{change.Value}"),
        .. ThoughtFormat is null ? [] : (string[])[ThoughtsMark + ThoughtFormat],
    ];

    /// <summary>
    /// Splits a reference such as <c>mini+lora=tuned.gguf@0.5</c> or <c>deep+set=hrm_text.hrm.h_cycles:4+set=...</c> into the
    /// model and the changes; <c>+thoughts=FORMAT</c> names the format of its thoughts.
    /// </summary>
    /// <exception cref="FormatException">A change is malformed; the message says how it is written.</exception>
    public static (string Model, ModelChange Change) Split(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var at = First(reference, 0);
        var model = reference[..at];
        var change = None;
        while (at < reference.Length)
        {
            var next = First(reference, at + 1);
            change = change.With(reference[at..next], reference);
            at = next;
        }

        return (model, change);
    }

    /// <summary>Merges another change into this one; where both change the same, the other one wins.</summary>
    public ModelChange And(ModelChange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ModelChange
        {
            Lora = other.Lora ?? Lora,
            LoraScale = other.Lora is null ? LoraScale : other.LoraScale,
            ThoughtFormat = other.ThoughtFormat ?? ThoughtFormat,
            Overrides = [.. Overrides.Where(o => other.Overrides.All(with => with.Key != o.Key)), .. other.Overrides],
        };
    }

    private static int First(string text, int from)
    {
        var found = text.Length;
        foreach (var mark in (ReadOnlySpan<string>)[LoraMark, SetMark, ThoughtsMark])
        {
            if (from < text.Length && text.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var at)
                found = Math.Min(found, at);
        }

        return found;
    }

    private ModelChange With(string part, string reference)
    {
        if (part.StartsWith(SetMark, StringComparison.Ordinal))
        {
            return part[SetMark.Length..].Split(':', 2) is [{ Length: > 0 } key, { Length: > 0 } value]
                ? this with { Overrides = [.. Overrides, new MetadataOverride(key, value)] }
                : throw new FormatException($"'{reference}': write {SetMark}KEY:VALUE, not '{part}'.");
        }

        if (part.StartsWith(ThoughtsMark, StringComparison.Ordinal))
        {
            return part.Length > ThoughtsMark.Length && ThoughtFormat is null
                ? this with { ThoughtFormat = part[ThoughtsMark.Length..] }
                : throw new FormatException($"'{reference}': write {ThoughtsMark}FORMAT, once.");
        }

        var (file, scale) = (part[LoraMark.Length..], 1f);
        if (file.LastIndexOf('@') is >= 0 and var at)
        {
            if (!float.TryParse(file.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out scale) || !float.IsFinite(scale))
                throw new FormatException($"'{reference}': the scale after '@' must be a number.");
            file = file[..at];
        }

        if (file.Length == 0 || Lora is not null)
            throw new FormatException($"'{reference}': write {LoraMark}FILE or {LoraMark}FILE@SCALE, once.");
        return this with { Lora = file, LoraScale = scale };
    }
}
