using CognitiveTools.Server.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// <c>GET /health</c>: what the health checks of the host say, without a word of what only its owner is to know. It waits for no
/// permit.
/// </summary>
/// <param name="checks">The host's checks; <see langword="null"/> when it has none.</param>
/// <param name="logger">Gets the details of what failed.</param>
internal sealed partial class HealthEndpoint(HealthCheckService? checks, ILogger logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var report = checks is null ? null : await checks.CheckHealthAsync(context.RequestAborted);
        var failed = report?.Entries.Where(e => e.Value.Status == HealthStatus.Unhealthy).ToList() ?? [];
        foreach (var (name, entry) in failed)
            LogUnhealthy(entry.Exception, name, entry.Description);
        if (failed.Count > 0)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var health = failed.Count == 0
            ? new Health("ok")
            : new Health("unavailable")
            {
                Reason = $"These checks fail: {string.Join(", ", failed.Select(f => f.Key))}. The server's log says why; "
                + "a model that is being loaded or is missing is the usual cause.",
            };
        await context.Response.WriteAsJsonAsync(health, WireWriter.Json.Health, cancellationToken: context.RequestAborted);
    }

    [LoggerMessage(20, LogLevel.Warning, "The health check {Name} fails: {Description}")]
    private partial void LogUnhealthy(Exception? exception, string name, string? description);
}
