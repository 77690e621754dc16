using System.Numerics;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's subscripts and slices.</summary>
internal static class PythonIndex
{
    /// <returns>Whether the value has such an element; Jinja looks for an attribute when it has none.</returns>
    public static bool TryGet(RenderContext context, object? value, object? key, out object? element)
    {
        element = null;
        switch (value)
        {
            case TemplateMap map:
                return key is not (TemplateMap or TemplateSequence { Kind: SequenceKind.List or SequenceKind.Items or SequenceKind.Keys })
                    && map.TryGet(key, out element);
            case TemplateSequence { CanBeIndexed: true } sequence when PythonTypes.AsInteger(key) is { } index:
                if (Position(index, sequence.Items.Count) is not { } at)
                    return false;
                element = sequence.Items[at];
                return true;
            case TemplateText text when PythonTypes.AsInteger(key) is { } index:
                context.Charge(text.Value.Length / 16 + 1);
                if (Position(index, text.Length) is not { } place)
                    return false;
                var start = text.IndexOf(place);
                element = text.Slice(start, start + text.WidthAt(start));
                return true;
            default:
                return false;
        }
    }

    /// <returns>The part, or <see langword="null"/> when the value cannot be sliced so.</returns>
    /// <exception cref="TemplateException">The step is 0.</exception>
    public static object? Slice(RenderContext context, object? value, object? start, object? stop, object? step)
    {
        if (new[] { start, stop, step }.Any(static bound => bound is not (null or bool or BigInteger)))
            return null;
        var stride = PythonTypes.AsInteger(step) ?? BigInteger.One;
        if (value is TemplateText text)
            return Slice(context, text, Indices(text.Length));
        if (value is not TemplateSequence { CanBeIndexed: true } sequence)
            return null;
        var indices = Indices(sequence.Items.Count);
        context.Step(indices.Count);
        return new TemplateSequence(sequence.Kind, [.. indices.Select(i => sequence.Items[i])]);

        IReadOnlyList<int> Indices(int length)
        {
            if (stride.IsZero)
                throw new TemplateException("slice step cannot be zero");
            var forward = stride.Sign > 0;
            var from = Bound(start, length, forward, forward ? 0 : length - 1);
            var to = Bound(stop, length, forward, forward ? length : -1);
            var move = (int)BigInteger.Max(-length - 1, BigInteger.Min(length + 1, stride));
            var found = new List<int>();
            for (var i = from; forward ? i < to : i > to; i += move)
                found.Add(i);
            return found;
        }
    }

    private static TemplateText Slice(RenderContext context, TemplateText text, IReadOnlyList<int> indices)
    {
        context.Charge(indices.Count + 1);
        if (indices.Count == 0)
            return TemplateText.Empty;
        if (indices[^1] - indices[0] == indices.Count - 1 && (indices.Count == 1 || indices[1] > indices[0]))
            return text.Slice(text.IndexOf(indices[0]), text.IndexOf(indices[^1] + 1));
        var characters = text.Characters();
        var builder = new TextBuilder(context);
        foreach (var index in indices)
            builder.Append((TemplateText)characters[index]!);
        return builder.ToText();
    }

    private static int Bound(object? value, int length, bool forward, int otherwise)
    {
        if (PythonTypes.AsInteger(value) is not { } index)
            return otherwise;
        if (index.Sign < 0)
            index += length;
        return (int)BigInteger.Max(forward ? 0 : -1, BigInteger.Min(forward ? length : length - 1, index));
    }

    private static int? Position(BigInteger index, int length)
    {
        if (index.Sign < 0)
            index += length;
        return index.Sign >= 0 && index < length ? (int)index : null;
    }
}
