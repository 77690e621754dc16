using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Cli.Tests;

/// <summary>Tests of models that only the newer llama.cpp knows.</summary>
internal static class NewerNatives
{
    /// <summary>Skips the test on the libraries that come with this version.</summary>
    public static void Require() => Assert.SkipWhen(
        LlamaDoctor.InspectNatives().Version == "b10221",
        "llama.cpp b10221 does not know hrm_text. To run it: ./cogtools natives get npm, then set COGTOOLS_NATIVES to the folder it prints.");
}
