using System.Diagnostics;
using System.Net;
using CognitiveTools.Evals.Cluster.Hosting;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A store of its own on loopback, in a folder that is removed with it.</summary>
internal sealed class StoreServer : IDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromMinutes(2);

    private readonly IStoreProgram _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("cogtools-store-").FullName;
    private readonly int _port = FreePorts.Two(IPAddress.Loopback).First;
    private Process? _process;

    private StoreServer(IStoreProgram program) => _program = program;

    /// <summary>Starts a server.</summary>
    public static async Task<StoreServer> StartAsync(IStoreProgram program, CancellationToken cancellationToken)
    {
        var server = new StoreServer(program);
        try
        {
            await program.PrepareAsync(server._folder, cancellationToken);
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A cluster that meets here.</summary>
    public EvalClusterOptions Use(EvalClusterOptions cluster) => _program.Use(cluster, _port);

    /// <summary>Starts the server, or starts it again after a kill, with the data that it had.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        _process = Start();
        while (!await _program.AnswersAsync(_port, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(since) > TimeToStart)
                throw new InvalidOperationException($"The store does not answer on port {_port}.");
            await Task.Delay(50, cancellationToken);
            if (_process.HasExited)
            {
                // PostgreSQL refuses its data until the last process of the server before is gone.
                _process.Dispose();
                _process = Start();
            }
        }
    }

    /// <summary>Kills the server and its processes at once (SIGKILL).</summary>
    public void Kill()
    {
        if (_process is not { } process)
            return;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start()
    {
        var start = _program.Server(_folder, _port);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
