namespace CognitiveTools.Llama.Models;

/// <summary>
/// What llama.cpp's graphs and memories of some architectures do differently and its interface does not tell; read in its sources at b10221
/// and v0.5.0, and measured by <c>coglab models matrix</c>.
/// </summary>
/// <param name="Name">llama.cpp's name of the architecture.</param>
internal readonly record struct ArchitectureTraits(string Name)
{
    /// <summary>Whether the graph leaves out the logits while the output of hidden states is on.</summary>
    public bool HasNoLogitsBesideHidden => Name is "lfm2" or "lfm2moe";

    /// <summary>
    /// Whether the cache holds rows that summarize several positions, so that it can be copied and restored as a whole only; b10221 does
    /// not count it among the hybrid ones. A state that is restored in another sequence than its own gives other results.
    /// </summary>
    public bool HasCompressedState => Name == "deepseek4";

    /// <summary>
    /// Whether a decode with rows of several sequences computes something else than one decode for each. Of QRWKV and ARWKV, llama.cpp
    /// stores the shifted tokens of all sequences from where the first one's ends.
    /// </summary>
    public bool MixesSequences => Name is "plamo2" or "rwkv6qwen2" or "arwkv7";

    /// <summary>Whether an embedding row ends the process.</summary>
    /// <param name="positions">Positions of an embedding row; the graphs of GLM take them only with four.</param>
    public bool AbortsOnEmbeddings(int positions) => Name switch
    {
        "glm4" or "glm4moe" => positions == 1,
        "graniteswitch" => true,
        _ => false,
    };
}
