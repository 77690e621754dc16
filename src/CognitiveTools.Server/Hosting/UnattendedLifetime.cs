using Microsoft.Extensions.Hosting;

namespace CognitiveTools.Server.Hosting;

/// <summary>Leaves signals such as Ctrl+C to the program that started the server.</summary>
internal sealed class UnattendedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
