using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using CognitiveTools.Lab.Bench;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary>
/// A peer in a process of its own, on the CPU, that answers each line of JSON with one: {"model", "threads", "context", "sequences"}
/// once with {"ready": true}, then {"prompt", "sequences", "steps"} with {"seconds", "tokens"}; a failure is {"error": TEXT}.
/// Used by one caller.
/// </summary>
internal abstract class LinePeer : IDecodePeer, IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(5);

    private Process? _process;

    public abstract string Name { get; }

    public virtual IDecodePeer? Bound => null;

    public abstract double? TargetOf(int sequences);

    public virtual bool Measures(int sequences) => sequences is 1 or 8;

    public async Task<string?> StartAsync(PeerSetup setup, CancellationToken cancellationToken = default)
    {
        if (setup.OnGpu)
            return "it runs on the CPU, and the engine on a GPU; add --backend cpu to compare";
        try
        {
            var start = await PrepareAsync(cancellationToken);
            // llama.cpp's own messages go where ours go
            (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardOutput) = (false, true, true);
            _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started");
            using var ready = await AskAsync(
                new { model = setup.Model, threads = setup.Threads, context = setup.ContextLength, sequences = setup.Sequences },
                cancellationToken);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            Dispose();
            return error.Message;
        }
    }

    public async Task<double> DecodeAsync(
        IReadOnlyList<int> prompt, int sequences, int steps, CancellationToken cancellationToken = default)
    {
        using var answer = await AskAsync(new { prompt, sequences, steps }, cancellationToken);
        var tokens = answer.RootElement.GetProperty("tokens").GetInt32();
        return tokens == sequences * steps
            ? answer.RootElement.GetProperty("seconds").GetDouble()
            : throw new InvalidOperationException(
                $"{Name} generated {tokens} tokens instead of {sequences * steps}. Run the benchmark with --no-peer.");
    }

    public void Dispose()
    {
        if (_process is not { } process)
            return;
        _process = null;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    /// <summary>Finds the program, or fetches it. Input and output are redirected by the caller.</summary>
    /// <exception cref="InvalidOperationException">It is not here; the message says in one line how to get it.</exception>
    protected abstract Task<ProcessStartInfo> PrepareAsync(CancellationToken cancellationToken);

    private async Task<JsonDocument> AskAsync<T>(T request, CancellationToken cancellationToken)
    {
        var process = _process ?? throw new InvalidOperationException($"{Name} is not running.");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AnswerTimeout);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), timeout.Token);
            await process.StandardInput.FlushAsync(timeout.Token);
            var line = await process.StandardOutput.ReadLineAsync(timeout.Token)
                ?? throw new InvalidOperationException($"{Name} ended without an answer.");
            var answer = JsonDocument.Parse(line);
            return answer.RootElement.TryGetProperty("error", out var error)
                ? throw new InvalidOperationException($"{Name} failed: {error.GetString()}")
                : answer;
        }
        catch (JsonException noAnswer)
        {
            throw new InvalidOperationException($"{Name} gave an answer that is not JSON: {noAnswer.Message}", noAnswer);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"{Name} gave no answer within {AnswerTimeout.TotalMinutes:0} minutes. Run the benchmark with --no-peer.", canceled);
        }
    }
}
