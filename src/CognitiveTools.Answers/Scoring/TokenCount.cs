using System.Numerics;

namespace CognitiveTools.Answers.Scoring;

/// <summary>Says of a count of tokens whether it looks like somebody's limit, as MathArena's warnings do.</summary>
internal static class TokenCount
{
    private const int Shortest = 256;
    private const int LargestFactor = 7;

    /// <summary>Whether a count is a power of two from 256, or a power of ten from 100, times a factor up to 7.</summary>
    public static bool LooksLikeLimit(long tokens)
    {
        if (tokens < Shortest)
            return false;
        if (tokens % Shortest == 0 && tokens >> BitOperations.TrailingZeroCount(tokens) <= LargestFactor)
            return true;
        var zeros = 0;
        for (; tokens % 10 == 0; tokens /= 10)
            zeros++;
        return zeros >= 2 && tokens <= LargestFactor;
    }
}
