using CognitiveTools.Latent.Hosting;
using CognitiveTools.Reasoners;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the latent reasoners with a host.</summary>
public static class LatentReasoningServiceCollectionExtensions
{
    /// <summary>
    /// Adds the reasoners <c>latent</c>, <c>pause</c> and <c>cot-decoding</c>. The model is an <c>ILatentModel</c> that the host registers under
    /// the key <c>latent</c> or without a key. Calling this twice adds them once and applies both configurations.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options.</param>
    public static IServiceCollection AddLatentReasoning(this IServiceCollection services, Action<LatentReasoningOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<LatentReasoningOptions>();
        if (configure is not null)
            options.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(LatentParts)))
            return services;

        services.AddReasonerHost();
        services.AddSingleton<LatentParts>();
        services.AddSingleton<IReasonerFactory>(provider => new LatentReasonerFactory(provider.GetRequiredService<LatentParts>()));
        services.AddSingleton<IReasonerFactory>(provider => new PauseReasonerFactory(provider.GetRequiredService<LatentParts>()));
        services.AddSingleton<IReasonerFactory>(provider => new CotDecodingFactory(provider.GetRequiredService<LatentParts>()));
        return services;
    }
}
