namespace CognitiveTools.Llama.Natives;

/// <summary>How fast a build of llama.cpp runs models of one tensor format, against another build on the same machine.</summary>
/// <param name="Build">The build.</param>
/// <param name="Other">The build it is measured against.</param>
/// <param name="FileType">The format as <c>general.file_type</c> of a GGUF file has it.</param>
/// <param name="Format">Its name.</param>
/// <param name="Prefill">Rate of a prompt, as a share of the other build's.</param>
/// <param name="One">Rate of one sequence, as a share of the other build's.</param>
/// <param name="Eight">Rate of eight sequences at once, as a share of the other build's.</param>
/// <param name="Source">Where the measurement is written down.</param>
internal sealed record BuildSpeed(
    string Build, string Other, int FileType, string Format, double Prefill, double One, double Eight, string Source)
{
    /// <summary>A share below this is reported to the user.</summary>
    private const double Notable = 0.9;

    /// <summary>Whether another build is worth using.</summary>
    internal bool IsSlow => Math.Min(Prefill, Math.Min(One, Eight)) < Notable;
}
