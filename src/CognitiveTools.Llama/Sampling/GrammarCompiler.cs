using System.Threading.Channels;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Sampling;

/// <summary>
/// Compiles the grammars of one engine, one after the other, on a dedicated thread that starts with the first of them. Native code
/// cannot be stopped, so grammars from untrusted input must be bounded before they come here. This class makes sure that no caller's
/// thread is blocked, that a cancelled caller returns at once, and that a cancelled order is not compiled. Thread-safe.
/// </summary>
internal sealed class GrammarCompiler : IAsyncDisposable
{
    private const int Capacity = 64; // orders; further callers wait

    private readonly Channel<Order> _orders = Channel.CreateBounded<Order>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Lazy<Task> _running;
    private int _compiled;

    internal GrammarCompiler() => _running =
        new(() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Grammars compiled so far, cancelled ones included.</summary>
    internal int Compiled => Volatile.Read(ref _compiled);

    /// <summary>Compiles a grammar. The caller disposes the result.</summary>
    /// <exception cref="ArgumentException">The grammar cannot be parsed, or it refuses its own trigger.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<GrammarConstraint> CompileAsync(
        string grammar, string? trigger, LlamaTokenizer tokenizer, CancellationToken cancellationToken, IReadOnlyList<int>? shown = null)
    {
        _ = _running.Value;
        var order = new Order(grammar, trigger, shown ?? [], tokenizer, new(TaskCreationOptions.RunContinuationsAsynchronously));
        var registration = cancellationToken.UnsafeRegister(
            static (given, token) => ((TaskCompletionSource<GrammarConstraint>)given!).TrySetCanceled(token), order.Result);
        await using (registration.ConfigureAwait(false))
        {
            try
            {
                await _orders.Writer.WriteAsync(order, cancellationToken).ConfigureAwait(false);
            }
            catch (ChannelClosedException closed)
            {
                throw new ObjectDisposedException("The engine has ended.", closed);
            }

            return await order.Result.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the thread after the queued orders.</summary>
    public async ValueTask DisposeAsync()
    {
        _orders.Writer.TryComplete();
        if (_running.IsValueCreated)
            await _running.Value.ConfigureAwait(false);
    }

    private void Run()
    {
        while (_orders.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_orders.Reader.TryRead(out var order))
                Compile(order);
        }
    }

    private void Compile(Order order)
    {
        if (order.Result.Task.IsCompleted)
            return; // cancelled while it waited
        try
        {
            var constraint = new GrammarConstraint(order.Grammar, order.Trigger, order.Tokenizer, order.Shown);
            if (!order.Result.TrySetResult(constraint))
                constraint.Dispose();
        }
#pragma warning disable CA1031 // every failure is reported to the caller
        catch (Exception error)
        {
            order.Result.TrySetException(error);
        }
#pragma warning restore CA1031
        finally
        {
            Interlocked.Increment(ref _compiled);
        }
    }

    private sealed record Order(
        string Grammar, string? Trigger, IReadOnlyList<int> Shown, LlamaTokenizer Tokenizer,
        TaskCompletionSource<GrammarConstraint> Result);
}
