using System.Globalization;

namespace CognitiveTools.Llama.Natives;

/// <summary>Measured speeds of the builds of llama.cpp. A pair of build and format that was not measured gets no note.</summary>
internal static class BuildSpeeds
{
    private const string Bundled = "b10221", Newer = "v0.5.0", Page = "docs/bench.md";

    // TinyLlama 1.1B on two threads of an x64 processor with AVX-512.
    private static readonly BuildSpeed[] Measured =
    [
        new(Bundled, Newer, FileType: 19, "IQ2_XXS", Prefill: 0.22, One: 1.00, Eight: 0.63, Page),
    ];

    /// <summary>What this build runs slower than another one, and the remedy.</summary>
    /// <param name="build">The build that is loaded.</param>
    /// <param name="fileType"><c>general.file_type</c> of the model; <see langword="null"/> when the file does not say.</param>
    /// <param name="packages">The other builds that are available for this platform.</param>
    /// <returns><see langword="null"/> when nothing is known to be slower, or no faster build is available.</returns>
    internal static string? NoteOn(string build, string? fileType, IReadOnlyList<NativePackage> packages) =>
        int.TryParse(fileType, NumberStyles.None, CultureInfo.InvariantCulture, out var type)
        && packages.Any(static package => package.ShortName == "npm")
        && Measured.FirstOrDefault(speed => speed.Build == build && speed.FileType == type) is { IsSlow: true } slow
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"llama.cpp {slow.Build} runs {slow.Format} slower than {slow.Other}: "
                + $"{slow.Prefill:0.00} of its speed in prompts, {slow.One:0.00} with one sequence, "
                + $"{slow.Eight:0.00} with eight ({slow.Source}). Faster: `cogtools natives use npm`")
            : null;
}
