using System.Buffers;

namespace CognitiveTools.Llama.Thoughts;

/// <summary>The marks that mean something in a state.</summary>
internal sealed class ThoughtPatterns(ThoughtPattern[] patterns)
{
    private readonly SearchValues<byte> _starts =
        SearchValues.Create([.. patterns.Select(static p => p.Bytes[0]), ThoughtFormat.TokenMark]);

    /// <summary>Index of the first byte that may begin a mark; -1 without one.</summary>
    internal int IndexOfStart(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(_starts);

    /// <summary>The longest mark at the start of the bytes, and whether more bytes could complete a longer one.</summary>
    internal (ThoughtPattern? Found, bool MayGrow) At(ReadOnlySpan<byte> bytes)
    {
        ThoughtPattern? found = null;
        var mayGrow = false;
        foreach (var pattern in patterns)
        {
            if (bytes.StartsWith(pattern.Bytes))
                found = found is null || pattern.Bytes.Length > found.Bytes.Length ? pattern : found;
            else
                mayGrow |= pattern.Bytes.AsSpan().StartsWith(bytes);
        }

        return (found, mayGrow);
    }
}

/// <summary>A mark as bytes, in which <see cref="ThoughtFormat.TokenMark"/> and a code stand for a special token.</summary>
internal sealed record ThoughtPattern(byte[] Bytes, ThoughtAction Action);

/// <summary>What a mark does.</summary>
internal enum ThoughtAction
{
    Open,
    Close,
    Hide,
}
