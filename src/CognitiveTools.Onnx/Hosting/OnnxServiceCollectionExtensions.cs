using CognitiveTools.Depth;
using CognitiveTools.Identity;
using CognitiveTools.Latents;
using CognitiveTools.Onnx.Hosting;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using CognitiveTools.Onnx.Recursion;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers recurrent-depth models with a host.</summary>
public static class OnnxServiceCollectionExtensions
{
    /// <summary>
    /// Registers an <see cref="OnnxLatentModel"/>, loaded on first use, as itself, as
    /// <see cref="IRecurrentModel"/> and as <see cref="ILatentModel"/>. The reasoner <c>recurrent</c> comes with
    /// <c>AddRecurrentReasoner</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets at least the path.</param>
    public static IServiceCollection AddRecurrentModel(this IServiceCollection services, Action<OnnxModelOptions> configure)
    {
        services.AddOnnxOptions(configure);
        services.TryAddSingleton(static provider => OnnxLatentModel.Load(provider.GetRequiredService<IOptions<OnnxModelOptions>>().Value));
        services.TryAddSingleton<IRecurrentModel>(static provider => provider.GetRequiredService<OnnxLatentModel>());
        services.TryAddSingleton<ILatentModel>(static provider => provider.GetRequiredService<OnnxLatentModel>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelIdentitySource, OnnxIdentity>());
        return services;
    }

    /// <summary>
    /// Registers a GRAM (arXiv 2605.19376), loaded on first use, as <c>IRecursiveModel</c>. The reasoner <c>recursive</c> comes with
    /// <c>AddRecursiveReasoner</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets at least the path.</param>
    public static IServiceCollection AddRecursiveModel(this IServiceCollection services, Action<OnnxModelOptions> configure)
    {
        services.AddOnnxOptions(configure);
        services.TryAddSingleton(
            static provider => OnnxRecursiveModel.Load(provider.GetRequiredService<IOptions<OnnxModelOptions>>().Value));
        services.TryAddSingleton<IRecursiveModel>(static provider => provider.GetRequiredService<OnnxRecursiveModel>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelIdentitySource, GramIdentity>());
        return services;
    }

    private static void AddOnnxOptions(this IServiceCollection services, Action<OnnxModelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<OnnxModelOptions>().Configure(configure)
            .Validate(options => options.Path.Length > 0, "OnnxModelOptions.Path is empty; set it to the manifest of a model (NAME.json).")
            .Validate(options => options.Threads is >= 1 and <= 1024, "OnnxModelOptions.Threads must be 1 to 1024.")
            .ValidateOnStart();
    }
}
