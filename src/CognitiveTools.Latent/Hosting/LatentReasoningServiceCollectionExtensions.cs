using CognitiveTools.Depth;
using CognitiveTools.Hosting;
using CognitiveTools.Latent.Hosting;
using CognitiveTools.Latent.Recurrence;
using CognitiveTools.Latent.Recursion;
using CognitiveTools.Latent.Steering;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the latent reasoners with a host.</summary>
public static class LatentReasoningServiceCollectionExtensions
{
    /// <summary>
    /// Adds the reasoners <c>latent</c>, <c>pause</c>, <c>cot-decoding</c>, <c>heima</c>, <c>steer</c>, <c>recurrent</c> and
    /// <c>recursive</c>.
    /// The model is an <c>ILatentModel</c> that the host registers under the key <see cref="ServiceKeys.Latent"/>
    /// or without a key. Idempotent, except that both configuration delegates run.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options.</param>
    public static IServiceCollection AddLatentReasoning(this IServiceCollection services, Action<LatentReasoningOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<LatentReasoningOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.AddReasonerHost();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IReasonerFactory, LatentReasonerFactory>(),
            ServiceDescriptor.Singleton<IReasonerFactory, PauseReasonerFactory>(),
            ServiceDescriptor.Singleton<IReasonerFactory, CotDecodingFactory>(),
            ServiceDescriptor.Singleton<IReasonerFactory, HeimaReasonerFactory>(),
        ]);
        return services.AddSteering().AddRecurrentReasoner().AddRecursiveReasoner();
    }

    /// <summary>
    /// Adds the reasoner <c>steer</c> alone. The model is an <c>ISteerableModel</c>
    /// that an engine registers; without it, making the reasoner throws. Idempotent.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddSteering(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddReasonerHost();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReasonerFactory, SteeredReasonerFactory>());
        return services;
    }

    /// <summary>
    /// Adds the reasoner <c>recurrent</c> alone. The model is an <c>IRecurrentModel</c>
    /// that an engine registers; without it, making the reasoner throws. Idempotent.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddRecurrentReasoner(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddReasonerHost();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReasonerFactory, RecurrentReasonerFactory>());
        return services;
    }

    /// <summary>
    /// Adds the reasoner <c>recursive</c> alone. The model is an <c>IRecursiveModel</c>
    /// that an engine registers; without it, making the reasoner throws. Idempotent.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddRecursiveReasoner(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddReasonerHost();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReasonerFactory, RecursiveReasonerFactory>());
        return services;
    }
}
