using Microsoft.Extensions.Configuration;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Where llama.cpp runs.</summary>
internal enum EngineHost
{
    /// <summary>In this process.</summary>
    InProcess,

    /// <summary>In a process of its own, which is restarted if it exits.</summary>
    Process,
}

/// <summary>Reads <see cref="EngineHost"/>.</summary>
internal static class EngineHosts
{
    /// <summary>The option.</summary>
    public const string Option = "--host";

    /// <summary>The setting.</summary>
    public const string Setting = "Llama:Host";

    /// <summary>The place that the settings name; <see langword="null"/> when they name none.</summary>
    public static EngineHost? FromSettings(IConfiguration settings) => Parse(settings[Setting], $"The setting {Setting}");

    /// <param name="text">What is given; <see langword="null"/> for nothing.</param>
    /// <param name="source">Where it is given.</param>
    /// <exception cref="ArgumentException">The text is not a place.</exception>
    public static EngineHost? Parse(string? text, string source) => text?.ToUpperInvariant() switch
    {
        null or "" => null,
        "INPROCESS" => EngineHost.InProcess,
        "PROCESS" => EngineHost.Process,
        _ => throw new ArgumentException($"{source} is '{text}'; it says where llama.cpp runs: inprocess or process. "
            + "(The option for the address that `cogtools serve` listens on is --listen.)"),
    };
}
