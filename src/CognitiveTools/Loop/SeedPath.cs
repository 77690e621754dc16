namespace CognitiveTools.Loop;

/// <summary>The branches of a solve's seed; renumbering them changes every sampled run.</summary>
internal static class SeedPath
{
    public const int Turn = 0;
    public const int Call = 1;
    public const int Fence = 2;
}
