using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Llama.Hosting;

/// <summary>
/// Loads the model when the host starts, beside whatever else starts. A failure is logged; the health check tells it too.
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
#pragma warning disable CA1031 // whatever it is, the host goes on and says that it is not healthy
        catch (Exception error)
        {
            NotLoaded(error);
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(LogLevel.Error, "The model could not be loaded when the host started.")]
    private partial void NotLoaded(Exception error);
}
