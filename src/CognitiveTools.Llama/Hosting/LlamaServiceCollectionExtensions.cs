using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Hosting;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a local llama.cpp model.</summary>
public static class LlamaServiceCollectionExtensions
{
    private const string VerbalKey = "verbal"; // the key that the reasoners ask for

    /// <summary>
    /// Registers <see cref="LlamaModel"/>, <see cref="LlamaEngine"/>, the <see cref="IChatClient"/> with the key
    /// <c>verbal</c> and <see cref="ILatentModel"/>, all singletons made on first use. Options are validated when
    /// the host starts; a model that fails embedding parity is refused when <see cref="ILatentModel"/> is asked for.
    /// </summary>
    public static IServiceCollection AddLlama(this IServiceCollection services, Action<LlamaModelOptions> configure, Action<LlamaEngineOptions>? configureEngine = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        AddOptions(services, configure, configureEngine);
        services.TryAddSingleton(static provider => LlamaModel.Load(provider.GetRequiredService<IOptions<LlamaModelOptions>>().Value, provider.GetService<ILoggerFactory>()));
        services.TryAddSingleton(static provider => new LlamaEngine(provider.GetRequiredService<LlamaModel>(), provider.GetRequiredService<IOptions<LlamaEngineOptions>>().Value, provider.GetService<ILogger<LlamaEngine>>()));
        services.TryAddKeyedSingleton<IChatClient>(VerbalKey, static (provider, _) => new LlamaChatClient(provider.GetRequiredService<LlamaEngine>()));
        // The container makes services synchronously; the measurement runs on the decode thread, so waiting cannot deadlock.
        services.TryAddSingleton<ILatentModel>(static provider => LlamaLatentModel.CreateAsync(provider.GetRequiredService<LlamaEngine>()).GetAwaiter().GetResult());
        return services.AddSteering();
    }

    /// <summary>
    /// Adds the reasoner <c>steer</c>, which asks for the <see cref="LlamaEngine"/> when one is made. <see cref="AddLlama"/> does it too;
    /// calling both adds it once.
    /// </summary>
    public static IServiceCollection AddSteering(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReasonerFactory, SteeredReasonerFactory>());
        return services;
    }

    /// <summary>
    /// Registers a <see cref="LlamaWorker"/>, whose engine runs in a process of its own: a crash of the native library does not
    /// end this one. The <see cref="IChatClient"/> with the key <c>verbal</c> and the <see cref="ILatentModel"/> use it, as after
    /// <see cref="AddLlama"/>. There is no <see cref="LlamaEngine"/> then, so the reasoner <c>steer</c> is refused.
    /// </summary>
    public static IServiceCollection AddLlamaWorker(this IServiceCollection services, Action<LlamaModelOptions> configure, Action<LlamaEngineOptions>? configureEngine = null, Action<LlamaWorkerOptions>? configureWorker = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        AddOptions(services, configure, configureEngine);
        services.AddOptions<LlamaWorkerOptions>().Configure(configureWorker ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LlamaWorkerOptions>, AnnotationsValidator<LlamaWorkerOptions>>());
        services.TryAddSingleton(static provider => new LlamaWorker(
            provider.GetRequiredService<IOptions<LlamaModelOptions>>().Value,
            provider.GetRequiredService<IOptions<LlamaEngineOptions>>().Value,
            provider.GetRequiredService<IOptions<LlamaWorkerOptions>>().Value,
            provider.GetService<ILogger<LlamaWorker>>()));
        services.TryAddKeyedSingleton<IChatClient>(VerbalKey, static (provider, _) => new LlamaWorkerClient(provider.GetRequiredService<LlamaWorker>()));
        // The worker answers on a thread of its own, so waiting cannot deadlock.
        services.TryAddSingleton<ILatentModel>(static provider => LlamaWorkerLatentModel.CreateAsync(provider.GetRequiredService<LlamaWorker>()).GetAwaiter().GetResult());
        return services.AddSteering();
    }

    private static void AddOptions(IServiceCollection services, Action<LlamaModelOptions> configure, Action<LlamaEngineOptions>? configureEngine)
    {
        services.AddOptions<LlamaModelOptions>().Configure(configure).ValidateOnStart();
        services.AddOptions<LlamaEngineOptions>().Configure(configureEngine ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LlamaModelOptions>, AnnotationsValidator<LlamaModelOptions>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LlamaEngineOptions>, AnnotationsValidator<LlamaEngineOptions>>());
    }
}
