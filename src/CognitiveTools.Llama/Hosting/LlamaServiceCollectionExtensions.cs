using CognitiveTools.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Hosting;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Llama.Validation;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a local llama.cpp model.</summary>
public static class LlamaServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="LlamaModel"/>, <see cref="LlamaEngine"/>, the <see cref="IChatClient"/> with the key
    /// <c>verbal</c>, <see cref="ILatentModel"/> and <see cref="ISteerableModel"/>, all singletons made on first use. Options are bound
    /// from the configuration section <c>Llama</c> and checked when the host starts, that the model's file is there too; a model that fails
    /// embedding parity is refused when <see cref="ILatentModel"/> is resolved.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the model's options after they were bound.</param>
    /// <param name="configureEngine">Changes the engine's options after they were bound.</param>
    public static IServiceCollection AddLlama(
        this IServiceCollection services, Action<LlamaModelOptions>? configure = null, Action<LlamaEngineOptions>? configureEngine = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, configure, configureEngine);
        services.TryAddSingleton(static provider => LlamaModel.Load(
            provider.GetRequiredService<IOptions<LlamaModelOptions>>().Value, provider.GetService<ILoggerFactory>()));
        services.TryAddSingleton(static provider => provider.GetRequiredService<LlamaReadiness>().Load(
            () => new LlamaEngine(
                provider.GetRequiredService<LlamaModel>(), provider.GetRequiredService<IOptions<LlamaEngineOptions>>().Value,
                provider.GetService<ILogger<LlamaEngine>>())));
        services.TryAddKeyedSingleton<IChatClient>(
            ServiceKeys.Verbal, static (provider, _) => new LlamaChatClient(provider.GetRequiredService<LlamaEngine>()));
        // The container creates services synchronously; the measurement runs on the decode thread, so the wait cannot deadlock.
        services.TryAddSingleton<ILatentModel>(
            static provider => LlamaLatentModel.CreateAsync(provider.GetRequiredService<LlamaEngine>()).GetAwaiter().GetResult());
        services.TryAddSingleton<ISteerableModel>(static provider => new LlamaSteerableModel(provider.GetRequiredService<LlamaEngine>()));
        return services;
    }

    /// <summary>
    /// Loads the model of <see cref="AddLlama"/> or <see cref="AddLlamaWorker"/> when the host starts, not at the first request. The host
    /// does not wait for it; a health check does (<see cref="LlamaHealthChecksBuilderExtensions.AddLlama"/>).
    /// </summary>
    public static IServiceCollection AddLlamaWarmUp(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddHostedService<LlamaWarmUp>();
    }

    /// <summary>
    /// Registers a <see cref="LlamaWorker"/>, whose engine runs in a separate process: a crash of the native library does not
    /// end this one. The process is this program once more unless the options name another one, so its <c>Main</c> must begin with
    /// <c>if (await LlamaWorkerHost.RunIfAskedAsync()) return;</c>. The <see cref="IChatClient"/> with the key <c>verbal</c> and the
    /// <see cref="ILatentModel"/> use it, as after <see cref="AddLlama"/>, with options bound and checked as there. There is no
    /// <see cref="ISteerableModel"/> then, so the reasoner <c>steer</c> is refused.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the model's options after they were bound.</param>
    /// <param name="configureEngine">Changes the engine's options after they were bound.</param>
    /// <param name="configureWorker">Changes how the process is started. Not bound from configuration, because it names a program.</param>
    /// <exception cref="InvalidOperationException">
    /// This process was itself started as a worker, so its <c>Main</c> lacks that line.
    /// </exception>
    public static IServiceCollection AddLlamaWorker(
        this IServiceCollection services, Action<LlamaModelOptions>? configure = null, Action<LlamaEngineOptions>? configureEngine = null,
        Action<LlamaWorkerOptions>? configureWorker = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        LlamaWorkerHost.ThrowIfAsked();
        AddOptions(services, configure, configureEngine);
        services.AddOptions<LlamaWorkerOptions>().Configure(configureWorker ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LlamaWorkerOptions>, AnnotationsValidator<LlamaWorkerOptions>>());
        services.TryAddSingleton(static provider => provider.GetRequiredService<LlamaReadiness>().Note(new LlamaWorker(
            provider.GetRequiredService<IOptions<LlamaModelOptions>>().Value,
            provider.GetRequiredService<IOptions<LlamaEngineOptions>>().Value,
            provider.GetRequiredService<IOptions<LlamaWorkerOptions>>().Value,
            provider.GetService<ILogger<LlamaWorker>>(),
            provider.GetService<TimeProvider>())));
        services.TryAddKeyedSingleton<IChatClient>(
            ServiceKeys.Verbal, static (provider, _) => new LlamaWorkerClient(provider.GetRequiredService<LlamaWorker>()));
        // The answers are read on a dedicated thread, so the wait cannot deadlock.
        services.TryAddSingleton<ILatentModel>(
            static provider => LlamaWorkerLatentModel.CreateAsync(provider.GetRequiredService<LlamaWorker>()).GetAwaiter().GetResult());
        return services;
    }

    private static void AddOptions(
        IServiceCollection services, Action<LlamaModelOptions>? configure, Action<LlamaEngineOptions>? configureEngine)
    {
        var (model, engine) = (services.AddOptions<LlamaModelOptions>(), services.AddOptions<LlamaEngineOptions>());
        if (!services.Any(static service => service.ServiceType == typeof(Registered)))
        {
            // Not BindConfiguration: a host without configuration is valid and keeps the defaults.
            model.Configure<IServiceProvider>(static (options, provider) => LlamaSection.Bind(provider, options)).ValidateOnStart();
            engine.Configure<IServiceProvider>(static (options, provider) => LlamaSection.Bind(provider, options)).ValidateOnStart();
            services.AddSingleton<IValidateOptions<LlamaModelOptions>, AnnotationsValidator<LlamaModelOptions>>();
            services.AddSingleton<IValidateOptions<LlamaModelOptions>, LlamaModelOptionsValidator>();
            services.AddSingleton<IValidateOptions<LlamaEngineOptions>, AnnotationsValidator<LlamaEngineOptions>>();
            services.AddSingleton<IModelAdvice, ProfileAdvice>();
            services.AddSingleton<IModelIdentitySource, LlamaIdentity>();
            services.TryAddSingleton<IControlVectorFiles, ControlVectorFiles>();
            services.TryAddSingleton<LlamaReadiness>();
            services.AddSingleton<Registered>();
        }

        if (configure is not null)
            model.Configure(configure);
        if (configureEngine is not null)
            engine.Configure(configureEngine);
    }

    private sealed class Registered;
}
