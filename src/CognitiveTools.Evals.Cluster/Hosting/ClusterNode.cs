using System.Net;
using System.Security.Cryptography.X509Certificates;
using CognitiveTools.Evals.Cluster.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Hosting;

namespace CognitiveTools.Evals.Cluster.Hosting;

/// <summary>This process as a member of a cluster: a silo, which holds grains, or a client of silos.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    // A call never waits for a model or a person, so one without an answer went to a process that is gone.
    private static readonly TimeSpan ResponseTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private const string OtherSecret = "its members have another secret. Give all members the same one.";
    private const string SameSecret = "A member answers only those that have the same secret and certificate, or, like it, none.";

    private readonly IHost _host;
    private readonly X509Certificate2? _certificate;

    private ClusterNode(IHost host, X509Certificate2? certificate) => (_host, _certificate) = (host, certificate);

    /// <summary>For calls of grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Joins the cluster, or starts it when this is its first member.</summary>
    /// <param name="options">The cluster.</param>
    /// <param name="time">The clock of leases.</param>
    /// <param name="logging">Adds loggers; <see langword="null"/> for none.</param>
    /// <param name="waiting">
    /// For a client: is called once when no silo answers, and lets it wait for one without limit; <see langword="null"/> to give up after
    /// <see cref="JoinAttempts.Limit"/>.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The store or a silo does not answer, or a silo refuses the secret.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<ClusterNode> StartAsync(
        EvalClusterOptions options,
        TimeProvider time,
        Action<ILoggingBuilder>? logging = null,
        Action? waiting = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        var store = options.Store;
        var certificate = options.Certificate is { } file ? MemberCertificate.Read(file) : null;
        var handshake = options.Secret is { } secret ? new SecretHandshake(secret) : null;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        logging?.Invoke(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddSingleton(new RunClock(time));
        builder.Services.AddSingleton(new GrainTimes(options.LeaseTime));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = StopTime);
        if (options.IsSilo)
            builder.UseOrleans(silo => Configure(silo, store, options, handshake, certificate));
        else
            builder.UseOrleansClient(client => Configure(client, store, options, handshake, certificate, new JoinAttempts(waiting, time)));
        var node = new ClusterNode(builder.Build(), certificate);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await store.PrepareAsync(end.Token);
            var starting = node._host.StartAsync(end.Token);
            if (handshake is not null && await Task.WhenAny(starting, handshake.Refused) != starting)
                await end.CancelAsync(); // Orleans would try again
            await starting;
            return node;
        }
        catch (Exception fault)
        {
            await node.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            var explained = store.Explain(fault);
            var reason = handshake is { Refused.IsCompleted: true } ? OtherSecret
                : fault is OrleansException && explained == fault.Message ? $"{explained} {SameSecret}"
                : explained;
            throw new InvalidOperationException($"The cluster '{options.Name}' {store.Place} could not be joined: {reason}", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync(CancellationToken.None);
        }
        catch (Exception fault)
            when (fault is OperationCanceledException or AggregateException or OrleansException or InvalidOperationException)
        {
            // It did not end in time, or had not begun; the others notice that it is gone.
        }

        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        _certificate?.Dispose();
    }

    private static void Configure(
        ISiloBuilder silo,
        IMemberStore store,
        EvalClusterOptions options,
        SecretHandshake? handshake,
        X509Certificate2? certificate)
    {
        var (port, gateway) = options.Port == 0 ? FreePorts.Two(options.Address) : (options.Port, options.Port + 1);
        store.AddTo(silo, new IPEndPoint(options.Address, port));
        silo.ConfigureEndpoints(options.Address, port, gateway, listenOnAnyHostAddress: false);
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.Name, options.Name));
        silo.Configure<SiloMessagingOptions>(static messages => messages.ResponseTimeout = ResponseTime);
        silo.Configure<ClusterMembershipOptions>(members =>
        {
            members.ProbeTimeout = options.ProbeTime;
            members.DefunctSiloExpiration = TimeSpan.FromHours(1);
        });
        if (handshake is not null)
        {
            silo.Configure<SiloConnectionOptions>(connections =>
            {
                connections.ConfigureSiloInboundConnection(c => handshake.AddTo(c, opens: false));
                connections.ConfigureGatewayInboundConnection(c => handshake.AddTo(c, opens: false));
                connections.ConfigureSiloOutboundConnection(c => handshake.AddTo(c, opens: true));
            });
        }

        if (certificate is not null)
            silo.UseTls(tls => MemberCertificate.Require(tls, certificate));
    }

    private static void Configure(
        IClientBuilder client,
        IMemberStore store,
        EvalClusterOptions options,
        SecretHandshake? handshake,
        X509Certificate2? certificate,
        JoinAttempts attempts)
    {
        store.AddTo(client);
        client.UseConnectionRetryFilter(attempts);
        client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.Name, options.Name));
        client.Configure<ClientMessagingOptions>(static messages => messages.ResponseTimeout = ResponseTime);
        client.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        if (handshake is not null)
            client.Configure<ClientConnectionOptions>(connections => connections.ConfigureConnection(c => handshake.AddTo(c, opens: true)));

        if (certificate is not null)
            client.UseTls(tls => MemberCertificate.Require(tls, certificate));
    }

    // The program that starts a node decides when it ends.
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
