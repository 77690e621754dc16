using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Workers;

/// <summary>The worker's side of the pipe: loads the model it is told to and answers until the pipe closes.</summary>
public static class LlamaWorkerHost
{
    /// <summary>Serves one <see cref="LlamaWorkerClient"/>.</summary>
    /// <param name="input">Requests, standard input mostly.</param>
    /// <param name="output">Replies; nothing else may write to it.</param>
    /// <param name="cancellationToken">Ends the service.</param>
    /// <exception cref="InvalidDataException">The other side is no client of this version.</exception>
    public static async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var reader = new StreamReader(input, Encoding.UTF8, leaveOpen: true);
        using var replies = new WorkerPipe<WorkerReply>(output, WorkerJson.Default.WorkerReply);
        if (await ReadAsync(reader, cancellationToken).ConfigureAwait(false) is not { } first)
            return;
        var setup = first.Setup ?? throw new InvalidDataException("The first line is no setup. A worker is started by LlamaWorkerClient, not by hand.");
        LlamaModel model;
        LlamaEngine engine;
        try
        {
            model = LlamaModel.Load(setup.Model);
            engine = new LlamaEngine(model, setup.Engine);
        }
#pragma warning disable CA1031 // whatever it is, the caller is told
        catch (Exception error)
        {
            await replies.WriteAsync(new(0, Error: WorkerError.Of(error))).ConfigureAwait(false);
            return;
        }
#pragma warning restore CA1031
        using (model)
        await using (engine.ConfigureAwait(false))
        {
            await replies.WriteAsync(new(0)).ConfigureAwait(false);
            await ServeAsync(reader, replies, engine, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ServeAsync(StreamReader reader, WorkerPipe<WorkerReply> replies, LlamaEngine engine, CancellationToken cancellationToken)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new ConcurrentDictionary<long, (Task Answer, CancellationTokenSource Cancel)>();
        try
        {
            while (await ReadAsync(reader, cancellationToken).ConfigureAwait(false) is { } request)
            {
                if (request.Question is { } question)
                {
                    var cancel = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
                    running[request.Id] = (AnswerAsync(request.Id, question, replies, engine, cancel.Token), cancel);
                }
                else if (running.TryGetValue(request.Id, out var entry))
                {
                    await entry.Cancel.CancelAsync().ConfigureAwait(false);
                }

                foreach (var (id, done) in running.Where(static entry => entry.Value.Answer.IsCompleted).ToArray())
                {
                    running.TryRemove(id, out _);
                    done.Cancel.Dispose();
                }
            }
        }
        finally
        {
            await closing.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running.Values.Select(static entry => entry.Answer)).ConfigureAwait(false);
            foreach (var entry in running.Values)
                entry.Cancel.Dispose();
        }
    }

    private static async Task<WorkerRequest?> ReadAsync(StreamReader reader, CancellationToken cancellationToken) =>
        await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line
            ? JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerRequest)
            : null;

    private static async Task AnswerAsync(long id, WorkerQuestion question, WorkerPipe<WorkerReply> replies, LlamaEngine engine, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the next request must not wait for this one's tokens
        try
        {
            try
            {
                await replies.WriteAsync(new(id, Result: await GenerateAsync(id, question, replies, engine, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The caller does not wait any more.
            }
#pragma warning disable CA1031 // whatever it is, the caller is told
            catch (Exception error) when (error is not IOException)
            {
                await replies.WriteAsync(new(id, Error: WorkerError.Of(error))).ConfigureAwait(false);
            }
#pragma warning restore CA1031
        }
        catch (IOException)
        {
            // Nobody is left to be told; the input ends too, and the worker with it.
        }
    }

    private static async Task<Generation> GenerateAsync(long id, WorkerQuestion question, WorkerPipe<WorkerReply> replies, LlamaEngine engine, CancellationToken cancellationToken)
    {
        var prompt = engine.Model.Tokenizer.EncodeChat(question.Messages.Deserialize(WorkerJson.Messages)!);
        try
        {
            if (!question.Streams)
                return await engine.GenerateAsync(prompt, question.Options, cancellationToken).ConfigureAwait(false);
            Generation? result = null;
            await foreach (var piece in engine.StreamAsync(prompt, question.Options, cancellationToken).ConfigureAwait(false))
            {
                result = piece.Result;
                if (result is null)
                    await replies.WriteAsync(new(id, Piece: piece.Text)).ConfigureAwait(false);
            }

            return result!;
        }
        catch (ContextFullException)
        {
            return new("", [], ContinuationEnd.ContextFull, prompt.Length, Cached: 0);
        }
    }
}
