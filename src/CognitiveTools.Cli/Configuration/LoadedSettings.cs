using Microsoft.Extensions.Configuration;

namespace CognitiveTools.Cli.Configuration;

/// <summary>The settings of one command.</summary>
/// <param name="Configuration">What services bind from. It holds known keys alone, and none that leads to code.</param>
/// <param name="NativesDirectory">Folder of the llama.cpp libraries; <see langword="null"/> when no setting names one.</param>
/// <param name="Warnings">What was found and not used, and what to do about it; a line each.</param>
internal sealed record LoadedSettings(IConfiguration Configuration, string? NativesDirectory, IReadOnlyList<string> Warnings)
{
    /// <summary>The model that commands use when none is named.</summary>
    /// <exception cref="ArgumentException">No setting names one.</exception>
    public string DefaultModel => Configuration[SettingTable.Model] is { Length: > 0 } model
        ? model
        : throw new ArgumentException($"No model is chosen. Give --model, or set {SettingTable.Model} in {SettingPlaces.FileName}.");
}
