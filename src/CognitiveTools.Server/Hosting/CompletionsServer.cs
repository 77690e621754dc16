using System.Net;
using System.Threading.RateLimiting;
using CognitiveTools.Hosting;
using CognitiveTools.Reasoners;
using CognitiveTools.Server.Wire;
using CognitiveTools.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace CognitiveTools.Server.Hosting;

/// <summary>
/// A server that speaks OpenAI's chat completions: the host's chat model and its reasoners are the models to choose from.
/// It listens from <see cref="StartAsync"/> until it is disposed, which cancels the requests in progress.
/// </summary>
public sealed class CompletionsServer : IAsyncDisposable
{
    private const string Answers = "completions";
    private const string Lookups = "lookups";
    private const int SlowestBytesPerSecond = 1024;
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BodyRateGrace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private CompletionsServer(WebApplication app, IReadOnlyList<string> models) => (_app, Models) = (app, models);

    /// <summary>Where clients reach it, for instance <c>http://127.0.0.1:8080/v1</c>.</summary>
    public string Endpoint => _app.Urls.Single() + "/v1";

    /// <summary>The models it lists; the plain one comes first.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="services">
    /// A host with the toolkit (<c>AddCognitiveTools</c>) and a chat
    /// client under the key <c>verbal</c>; it must outlive the server.
    /// </param>
    /// <param name="options">How to listen and what to serve.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CompletionsServer> StartAsync(
        IServiceProvider services, CompletionsServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        var address = AddressOf(options.Host);
        Check(options);
        RequireKey(options, address);
        var models = new ServedModels(
            services.GetRequiredService<ReasonerHost>().Verbal, services.GetRequiredService<ReasonerCatalog>(), options);
        var app = Build(services, options, address);
        try
        {
            Map(app, services, models, address, options);
            cancellationToken.ThrowIfCancellationRequested();
            await app.StartAsync(CancellationToken.None); // it takes milliseconds, and a host logs a cancelled start as a fault
            cancellationToken.ThrowIfCancellationRequested();
            return new CompletionsServer(app, models.Names);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(IServiceProvider services, CompletionsServerOptions options, IPAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
            kestrel.Limits.MinRequestBodyDataRate = new(SlowestBytesPerSecond, BodyRateGrace);
            kestrel.Listen(address, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, UnattendedLifetime>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        if (services.GetService<ILoggerFactory>() is { } loggers)
            builder.Services.Replace(ServiceDescriptor.Singleton(loggers));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            foreach (var policy in (ReadOnlySpan<string>)[Answers, Lookups]) // a list of the models does not wait for answers
            {
                limiter.AddConcurrencyLimiter(policy, concurrency =>
                {
                    (concurrency.PermitLimit, concurrency.QueueLimit) = (options.Parallel, options.Waiting);
                    concurrency.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
                });
            }
        });
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(TelemetryNames.Source, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.RateLimiting", "System.Runtime")
            .AddPrometheusExporter());
        return builder.Build();
    }

    private static void Map(
        WebApplication app, IServiceProvider services, ServedModels models, IPAddress address, CompletionsServerOptions options)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var logger = app.Services.GetRequiredService<ILogger<CompletionsServer>>();
        var gate = new RequestGuard(options, address, time, logger);
        var bodies = new BodyReader(options, time);
        var completions = new CompletionsEndpoint(models, options.MaxMessages, time, logger, app.Lifetime.ApplicationStopping);
        var started = time.GetUtcNow().ToUnixTimeSeconds();
        app.Use(next => context => gate.InvokeAsync(context, next));
        app.Use(next => context => bodies.InvokeAsync(context, next)); // before the limiter, so that only complete requests hold permits
        app.UseRateLimiter();
        app.MapPost("/v1/chat/completions", completions.HandleAsync).WithMetadata(new BodyReader.HasBody()).RequireRateLimiting(Answers);
        app.MapGet("/v1/models", context =>
        {
            var list = new ModelList("list", [.. models.Names.Select(Item)]);
            return context.Response.WriteAsJsonAsync(list, WireWriter.Json.ModelList);
        }).RequireRateLimiting(Lookups);
        app.MapGet("/v1/models/{**name}", context =>
        {
            var name = (string?)context.Request.RouteValues["name"] ?? "";
            models.Of(name);
            return context.Response.WriteAsJsonAsync(Item(name), WireWriter.Json.ModelItem);
        }).RequireRateLimiting(Lookups);
        app.MapGet("/health", new HealthEndpoint(services.GetService<HealthCheckService>(), logger).HandleAsync);
        app.MapPrometheusScrapingEndpoint("/metrics").RequireRateLimiting(Lookups);

        ModelItem Item(string name) => new(name, "model", started, "cogtools");
    }

    private static IPAddress AddressOf(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new ArgumentException(
            $"The host '{host}' is not an address. Give an IP address of this machine: "
            + "127.0.0.1 for this machine only, 0.0.0.0 for every network.");

    private static void Check(CompletionsServerOptions options)
    {
        if (options.Port is < 0 or > 65535)
            throw new ArgumentException($"The port {options.Port} must be from 0 to 65535.");
        if (options.Parallel < 1 || options.Waiting < 0 || options.MaxBodyBytes < 1 || options.MaxMessages < 1)
            throw new ArgumentException(
                $"{nameof(options.Parallel)}, {nameof(options.MaxBodyBytes)} and {nameof(options.MaxMessages)} must be at least 1, "
                + $"{nameof(options.Waiting)} at least 0.");
        if (options.BodyTimeout <= TimeSpan.Zero || options.BodyTimeout > TimeSpan.FromDays(1))
            throw new ArgumentException($"{nameof(options.BodyTimeout)} must be more than 0 and at most a day.");
        if (options.ApiKeys.Contains(""))
            throw new ArgumentException("A key is empty. Leave it out to require no key.");
        if (options.ApiKeys.Distinct(StringComparer.Ordinal).Count() < options.ApiKeys.Count)
            throw new ArgumentException("Two keys are equal, so their holders could not be told apart. Give each holder a key of its own.");
    }

    private static void RequireKey(CompletionsServerOptions options, IPAddress address)
    {
        if (options.ApiKeys.Count == 0 && !IPAddress.IsLoopback(address))
            throw new ArgumentException(
                $"On {options.Host} other machines could use the server, and no key is asked for. Give a key (--api-key-variable NAME, or "
                + $"{nameof(options.ApiKeys)}), or listen on 127.0.0.1.");
    }
}
