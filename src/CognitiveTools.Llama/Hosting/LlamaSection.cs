using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Hosting;

/// <summary>
/// Binds the configuration section <c>Llama</c>. Paths of code are not bound: a generic host reads the <c>appsettings.json</c> of
/// the current folder too, which may come from an untrusted source.
/// </summary>
internal static class LlamaSection
{
    /// <summary>Its name.</summary>
    public const string Name = "Llama";

    /// <exception cref="OptionsValidationException">The section names a folder of libraries.</exception>
    public static void Bind(IServiceProvider services, LlamaModelOptions options)
    {
        if (services.GetService<IConfiguration>()?.GetSection(Name) is not { } section)
            return;
        if (section[nameof(options.NativesDirectory)] is { Length: > 0 })
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(LlamaModelOptions), [
                $"{Name}:{nameof(options.NativesDirectory)} leads to code and is not read from configuration, "
                + "which may be the current folder's. "
                + $"Set it in code (AddLlama(llama => llama.{nameof(options.NativesDirectory)} = ...)) or in the environment variable "
                + $"{NativeLibraryLocator.EnvironmentVariable}."]);
        }

        section.Bind(options);
    }

    public static void Bind(IServiceProvider services, LlamaEngineOptions options) =>
        services.GetService<IConfiguration>()?.GetSection(Name).Bind(options);
}
