namespace CognitiveTools.Latent.Thoughts;

/// <summary>A hash that is the same in every process and on every platform, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>FNV-1a, 32 bits, over the UTF-16 code units.</summary>
    public static uint Of(string text)
    {
        var hash = OffsetBasis;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * Prime;
            hash = (hash ^ (byte)(unit >> 8)) * Prime;
        }

        return hash;
    }
}
