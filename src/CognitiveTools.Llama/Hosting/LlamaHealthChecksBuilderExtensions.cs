using CognitiveTools.Llama.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of a local model.</summary>
public static class LlamaHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the model that <c>AddLlama</c> or <c>AddLlamaWorker</c> registers: unhealthy until it is loaded, degraded when
    /// its worker ended. The check loads nothing; <see cref="LlamaServiceCollectionExtensions.AddLlamaWarmUp"/> does when the host starts.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">Tags by which endpoints choose checks, such as <c>ready</c>.</param>
    public static IHealthChecksBuilder AddLlama(this IHealthChecksBuilder builder, string name = "llama", params IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<LlamaReadiness>();
        return builder.Add(new HealthCheckRegistration(
            name, static services => new LlamaHealthCheck(services.GetRequiredService<LlamaReadiness>()), failureStatus: null, tags));
    }
}
