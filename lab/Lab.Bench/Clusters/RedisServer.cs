using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Programs;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A Redis server of its own on loopback, in a folder that is removed with it. It survives a kill with its data.</summary>
internal sealed class RedisServer : IDisposable
{
    /// <summary>A variable that names the program; otherwise it is looked for on the search path.</summary>
    public const string Variable = "COGTOOLS_REDIS_SERVER";

    /// <summary>Why there is no server where <see cref="Find"/> finds none.</summary>
    public const string Missing = $"There is no redis-server on this machine (Debian: apt-get install redis-server, or {Variable}=FILE).";

    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(20);

    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("cogtools-redis-").FullName;
    private readonly int _port = FreePorts.Two(IPAddress.Loopback).First;
    private Process? _process;

    private RedisServer(string program) => _program = program;

    /// <summary>The address, as the cluster's options take it.</summary>
    public string Address => $"127.0.0.1:{_port}";

    /// <summary>The program; <see langword="null"/> where there is none.</summary>
    public static string? Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : ProgramPath.Find("redis-server");

    /// <summary>Starts a server.</summary>
    public static async Task<RedisServer> StartAsync(string program, CancellationToken cancellationToken)
    {
        var server = new RedisServer(program);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts the server, or starts it again after a kill, with the data that it had.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no",
        ];
        var start = new ProcessStartInfo(_program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)
            ?? throw new InvalidOperationException($"{_program} could not be started.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var since = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(since) > TimeToStart)
                throw new InvalidOperationException($"{_program} does not answer on port {_port}.");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Kills the server at once (SIGKILL).</summary>
    public void Kill()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
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
}
