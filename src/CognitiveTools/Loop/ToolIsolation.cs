namespace CognitiveTools.Loop;

/// <summary>The context of a tool's call, and the output it returns.</summary>
internal enum ToolIsolation
{
    /// <summary>A separate context that holds only the call's arguments.</summary>
    On,

    /// <summary>
    /// Ablation: the tool's prompt comes after the whole main conversation. Its output enters
    /// that conversation as with isolation, so the two modes differ only in the tool's context.
    /// </summary>
    Off,

    /// <summary>
    /// Ablation: isolated, but the output is that of another problem, cut to the length
    /// of the real one. If it helps as much, the content of the output did not matter.
    /// </summary>
    Shuffled,
}
