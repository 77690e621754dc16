using CognitiveTools.Evals.Answers;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what reasoners take from the eval harness.</summary>
public static class CognitiveToolsEvalsServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="IAnswerReader"/> by which majority votes compare answers, unless the host has one.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="answers">The kind of answer; <see langword="null"/> for strict integers.</param>
    public static IServiceCollection AddCognitiveToolsEvals(this IServiceCollection services, IAnswerKind? answers = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IAnswerReader>(answers ?? IntegerAnswer.Strict);
        return services;
    }
}
