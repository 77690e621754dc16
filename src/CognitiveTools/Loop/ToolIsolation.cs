namespace CognitiveTools.Loop;

/// <summary>What a tool's call sees, and whose output comes back.</summary>
public enum ToolIsolation
{
    /// <summary>A context of its own that holds the call's arguments and nothing else.</summary>
    On,

    /// <summary>
    /// Ablation: the tool's prompt behind the whole main conversation. What comes back enters that conversation in the same way,
    /// so the two differ in nothing but what the tool sees.
    /// </summary>
    Off,

    /// <summary>
    /// Ablation: isolated, but the output handed back is one of another problem, cut to the real one's length. If it helps as
    /// much, the content of the output did not matter.
    /// </summary>
    Shuffled,
}
