using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Llama.Hosting;

/// <summary>
/// Loads the model in the background when the host starts. A failure is logged, and the health check reports it.
/// </summary>
internal sealed partial class LlamaWarmUp(IServiceProvider services) : BackgroundService
{
    private readonly ILogger _logger =
        services.GetService<ILoggerFactory>()?.CreateLogger<LlamaWarmUp>() ?? NullLogger<LlamaWarmUp>.Instance;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // loading blocks, and the host waits for the part before the first await
        try
        {
            if (services.GetService<LlamaWorker>() is { } worker)
                await worker.StartAsync(stoppingToken).ConfigureAwait(false);
            else
                services.GetRequiredService<LlamaEngine>();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends before the model was loaded.
        }
#pragma warning disable CA1031 // after any failure the host keeps running, and its health check reports the failure
        catch (Exception error)
        {
            NotLoaded(error);
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(LogLevel.Error, "The model could not be loaded when the host started.")]
    private partial void NotLoaded(Exception error);
}
