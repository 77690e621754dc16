using System.Net;
using System.Net.Sockets;
using CognitiveTools.Evals.Live;
using CognitiveTools.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CognitiveTools.Cli.View;

/// <summary>The live view's server, on this machine's loopback address only. It listens until it is disposed.</summary>
internal sealed class ViewServer : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly ViewToken _token;

    private ViewServer(WebApplication app, ViewToken token) => (_app, _token) = (app, token);

    /// <summary>The whole address, with the token.</summary>
    public string Address => $"{_app.Urls.Single()}/?{ViewGuard.Key}={_token.Text}";

    /// <summary>Starts a server.</summary>
    /// <param name="runs">The runs that it shows.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="time">Clock of the looks at the folders.</param>
    /// <exception cref="IOException">The port cannot be used; the message says why.</exception>
    public static async Task<ViewServer> StartAsync(WatchedRuns runs, int port, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, UnattendedLifetime>());
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = ShutdownTimeout);
        var app = builder.Build();
        var token = ViewToken.Create();
        Map(app, new ViewGuard(token), new ViewPages(runs, time, app.Lifetime.ApplicationStopping));
        try
        {
            await app.StartAsync();
            return new ViewServer(app, token);
        }
        catch (Exception exception) when (exception is IOException { InnerException: AddressInUseException } or SocketException)
        {
            await app.DisposeAsync();
            var reason = exception is IOException ? "another program uses it" : exception.Message.TrimEnd('.');
            throw new IOException(
                $"The port {port} cannot be used: {reason}. Give another one with --port, or 0 for a free one.", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Map(WebApplication app, ViewGuard guard, ViewPages pages)
    {
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.UseRouting();
        app.MapGet("/", pages.ListAsync);
        app.MapGet("/events", pages.ListEventsAsync);
        app.MapGet("/runs/{run}", pages.RunAsync);
        app.MapGet("/runs/{run}/events", pages.RunEventsAsync);
        app.MapGet("/runs/{run}/report", pages.ReportAsync);
        app.MapGet("/runs/{run}/unit", pages.UnitAsync);
    }
}
