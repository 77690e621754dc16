using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CognitiveTools.Llama.Hosting;

/// <summary>
/// Unhealthy until the model is loaded, in this process or in its worker; degraded when the worker ended, since the next request
/// starts another one. The check itself loads nothing.
/// </summary>
internal sealed class LlamaHealthCheck(LlamaReadiness readiness) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check() =>
        readiness.Worker is { Starts: > 0 } worker ? OfWorker(worker)
        : readiness.IsLoaded ? HealthCheckResult.Healthy("The model is loaded.")
        : readiness.Failure is { } failure ? HealthCheckResult.Unhealthy($"The model could not be loaded: {failure}")
        : HealthCheckResult.Unhealthy(
            "The model is not loaded yet. The first request loads it, or services.AddLlamaWarmUp() when the host starts.");

    private static HealthCheckResult OfWorker(Workers.LlamaWorker worker) =>
        worker.ProcessId is { } id ? HealthCheckResult.Healthy($"The model is loaded by the worker, process {id}.")
        : worker.HasBeenReady ? HealthCheckResult.Degraded("The worker ended; the next request starts another one.")
        : HealthCheckResult.Unhealthy("The worker has not loaded the model.");
}
