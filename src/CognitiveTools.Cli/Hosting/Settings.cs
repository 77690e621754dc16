using Microsoft.Extensions.Configuration;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Where settings come from; later sources win.</summary>
internal static class Settings
{
    /// <summary>Prefix of environment variables that are settings.</summary>
    public const string Prefix = "COGTOOLS_";

    public static IConfiguration Load() => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddJsonFile(Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json"), optional: true)
        .AddEnvironmentVariables(Prefix)
        .Build();

    /// <summary>The model that commands use when none is named.</summary>
    /// <exception cref="ArgumentException">No setting names one.</exception>
    public static string DefaultModel(IConfiguration configuration) =>
        configuration["Model"] is { Length: > 0 } model
            ? model
            : throw new ArgumentException("No model is chosen. Give --model, or set Model in appsettings.json.");
}
