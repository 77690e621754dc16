using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Programs;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A Redis server. It survives a kill with its data.</summary>
internal sealed class RedisProgram(string program) : IStoreProgram
{
    /// <summary>Why there is no server where <see cref="Find"/> finds none.</summary>
    public const string Missing = $"There is no redis-server on this machine (Debian: apt-get install redis-server, or {Variable}=FILE).";

    // Names the program; otherwise it is looked for on the search path.
    private const string Variable = "COGTOOLS_REDIS_SERVER";

    /// <summary>The program; <see langword="null"/> where there is none.</summary>
    public static RedisProgram? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        return (named is { Length: > 0 } ? named : ProgramPath.Find("redis-server")) is { } file ? new(file) : null;
    }

    public Task PrepareAsync(string folder, CancellationToken cancellationToken) => Task.CompletedTask;

    public ProcessStartInfo Server(string folder, int port) => new(
        program,
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no",
        ]);

    public async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[64];
            var count = await stream.ReadAsync(answer, cancellationToken);
            return answer.AsSpan(0, count).StartsWith("+PONG"u8); // an error while it loads its data
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return false;
        }
    }

    public EvalClusterOptions Use(EvalClusterOptions cluster, int port) =>
        cluster with { Redis = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") };
}
