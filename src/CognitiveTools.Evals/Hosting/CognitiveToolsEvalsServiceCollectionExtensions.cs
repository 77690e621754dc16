using CognitiveTools.Answers.Reading;
using CognitiveTools.Chat;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Replays;
using CognitiveTools.Hosting;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the services of the eval harness.</summary>
public static class CognitiveToolsEvalsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="IAnswerReader"/> by which majority votes compare answers, unless the host has one, and adds
    /// layers around the host's chat client: requests are recorded in a unit's transcript and repeated after faults of the transport.
    /// Models may be registered before or after. Idempotent, except that the first kind of answer stays.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="answers">The kind of answer, for a run that of its suite; <see langword="null"/> for strict integers.</param>
    public static IServiceCollection AddCognitiveToolsEvals(this IServiceCollection services, IAnswerKind? answers = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IAnswerReader>(answers ?? AnswerKinds.Integer);
        services.TryAddSingleton(TimeProvider.System);
        return services.ConfigureVerbalClient(AddLayers);
    }

    /// <summary>Registers a chat client that answers from a stored run, for <see cref="RunReplay"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="capabilities">What the client of the run could do; it decides the form of requests.</param>
    internal static IServiceCollection AddReplayChatClient(this IServiceCollection services, ChatCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKeyedSingleton<IChatClient>(ServiceKeys.Verbal, new ReplayChatClient(capabilities));
    }

    private static void AddLayers(ChatClientBuilder client) => client
        .Use(inner => new RecordingChatClient(inner))
        .Use((inner, provider) => new RetryingChatClient(inner, provider.GetRequiredService<TimeProvider>()));
}
