using CognitiveTools.Answers.Reading;
using CognitiveTools.Chat;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Replays;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what reasoners take from the eval harness, and what the harness sees of their models.</summary>
public static class CognitiveToolsEvalsServiceCollectionExtensions
{
    private const string VerbalKey = "verbal"; // the key that the reasoners ask for

    /// <summary>
    /// Adds the <see cref="IAnswerReader"/> by which majority votes compare answers, unless the host has one, and wraps the
    /// models registered so far: requests are recorded in a unit's transcript and repeated after faults of the transport. Call
    /// it after the models are registered; a model registered later works, but its units cannot be replayed.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="answers">The kind of answer, for a run that of its suite; <see langword="null"/> for strict integers.</param>
    public static IServiceCollection AddCognitiveToolsEvals(this IServiceCollection services, IAnswerKind? answers = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IAnswerReader>(answers ?? AnswerKinds.Integer);
        services.TryAddSingleton(TimeProvider.System);
        Wrap<IChatClient>(services, VerbalKey, (client, provider) => new RecordingChatClient(new RetryingChatClient(client, provider.GetRequiredService<TimeProvider>())));
        Wrap<ILatentModel>(services, null, (model, _) => new PromptNotingLatentModel(model));
        return services;
    }

    /// <summary>Registers a chat client that answers from a stored run, for <see cref="RunReplay"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="capabilities">What the client of the run could do; it decides what is asked of it.</param>
    public static IServiceCollection AddReplayChatClient(this IServiceCollection services, ChatCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKeyedSingleton<IChatClient>(VerbalKey, new ReplayChatClient(capabilities));
    }

    private static void Wrap<T>(IServiceCollection services, string? key, Func<T, IServiceProvider, T> wrap)
        where T : class
    {
        if (services.LastOrDefault(s => s.ServiceType == typeof(T) && (string?)s.ServiceKey == key) is not { } inner)
            return;
        services.Remove(inner);
        services.Add(key is null
            ? ServiceDescriptor.Describe(typeof(T), provider => wrap(Make<T>(inner, provider), provider), inner.Lifetime)
            : ServiceDescriptor.DescribeKeyed(typeof(T), key, (provider, _) => wrap(Make<T>(inner, provider), provider), inner.Lifetime));
    }

    private static T Make<T>(ServiceDescriptor descriptor, IServiceProvider provider)
        where T : class =>
        (T)(descriptor.IsKeyedService
            ? descriptor.KeyedImplementationInstance ?? descriptor.KeyedImplementationFactory?.Invoke(provider, descriptor.ServiceKey)
                ?? ActivatorUtilities.CreateInstance(provider, descriptor.KeyedImplementationType!)
            : descriptor.ImplementationInstance ?? descriptor.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!));
}
