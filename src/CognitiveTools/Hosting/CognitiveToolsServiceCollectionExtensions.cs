using CognitiveTools.Calls;
using CognitiveTools.Code;
using CognitiveTools.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the toolkit with a host.</summary>
public static class CognitiveToolsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the prompt profile, the tools and the reasoners of the core. The model is a chat client that the host registers
    /// under the key <c>verbal</c>; <c>use_code</c> is among the tools when the host
    /// registers an <see cref="ICodeSandbox"/>. Idempotent, except that both configuration delegates run.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options after they were bound from the section <c>CognitiveTools</c>.</param>
    public static IServiceCollection AddCognitiveTools(this IServiceCollection services, Action<CognitiveToolsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<CognitiveToolsOptions>();
        if (!services.Any(s => s.ImplementationType == typeof(CognitiveToolsOptionsValidator)))
        {
            // Not BindConfiguration: a host or kernel without any configuration is fine, and keeps the defaults.
            options.Configure<IServiceProvider>((o, s) => s.GetService<IConfiguration>()?.GetSection(CognitiveToolsOptions.Section)
                .Bind(o)).ValidateOnStart();
            services.AddSingleton<IValidateOptions<CognitiveToolsOptions>, CognitiveToolsOptionsValidator>();
            services.AddReasoner(p => new PromptReasonerFactory("direct", "The answer at once, without visible reasoning.", p));
            services.AddReasoner(p => new PromptReasonerFactory("cot", "Chain of thought in one generation.", p));
            services.AddReasoner(
                p => new PromptReasonerFactory("cognitive", "Cognitive prompting: one generation along a list of operations.", p));
            services.AddReasoner(p => new ToolLoopFactory(p));
            services.AddReasoner(p => new MajorityVoteFactory(p));
        }

        if (configure is not null)
            options.Configure(configure);
        services.AddReasonerHost();
        services.TryAddSingleton(s => SettingsOf(s).LoadTools(withCode: s.GetService<ICodeSandbox>() is not null));
        services.TryAddSingleton(s => SettingsOf(s).LoadPrompts());
        services.TryAddSingleton(s => s.GetRequiredService<ReasonerHost>().MakeIsolatedCall());
        services.TryAddSingleton<IToolInvoker>(s => s.GetRequiredService<IsolatedCall>());
        return services;
    }

    /// <summary>
    /// Adds what reasoners of every family take from their host: the catalog of reasoners, the meaning of the setting
    /// <c>profile</c>, and what makes a run's identity. Each family's registration calls it; calling it twice changes nothing.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddReasonerHost(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        services.TryAddSingleton(s => new ReasonerCatalog(s));
        services.TryAddSingleton<HostProfiles>();
        services.TryAddSingleton<ReasonerHost>();
        services.TryAddSingleton<IReasonerIdentifier, HostIdentity>();
        return services;
    }

    /// <summary>
    /// Adds layers around every reasoner that the host's <see cref="ReasonerCatalog"/> makes, as <c>Use</c> does around a chat client.
    /// The order of registrations does not matter, except among these layers: the first one is the outermost. A layer that changes
    /// answers is part of their identity by its assembly's version only.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Adds the layers; called for each reasoner.</param>
    public static IServiceCollection ConfigureReasoners(this IServiceCollection services, Action<ReasonerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddSingleton(new ReasonerConfiguration(configure));
    }

    /// <summary>
    /// Adds layers around the chat client that reasoners and tools ask, whenever and however that is registered. They see the requests
    /// of reasoners and tools only: who resolves the keyed client directly gets it as it was registered.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Adds the layers; the same delegate counts once.</param>
    public static IServiceCollection ConfigureVerbalClient(this IServiceCollection services, Action<ChatClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var configuration = new VerbalClientConfiguration(configure);
        var isThere = services.Any(s => !s.IsKeyedService && s.ImplementationInstance is VerbalClientConfiguration other
            && other == configuration);
        return isThere ? services : services.AddSingleton(configuration);
    }

    private static void AddReasoner(this IServiceCollection services, Func<ReasonerHost, IReasonerFactory> create) =>
        services.AddSingleton(s => create(s.GetRequiredService<ReasonerHost>()));

    private static CognitiveToolsOptions SettingsOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value;
}
