using System.Threading.Channels;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Sampling;

/// <summary>
/// Compiles the grammars of one engine, one after the other, on a thread of its own that starts with the first of them. Native code
/// cannot be stopped, so whoever makes a grammar from a stranger's words bounds it first; what this class adds is that nobody's
/// thread is held by it, that a caller who gives up goes at once, and that what was given up is not begun any more. Thread-safe.
/// </summary>
internal sealed class GrammarCompiler : IAsyncDisposable
{
    private const int Capacity = 64; // orders; further callers wait for a place

    private readonly Channel<Order> _orders = Channel.CreateBounded<Order>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Lazy<Task> _running;
    private int _compiled;

    internal GrammarCompiler() => _running =
        new(() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Grammars compiled so far, given up or not.</summary>
    internal int Compiled => Volatile.Read(ref _compiled);

    /// <summary>Compiles a grammar. The caller disposes the result.</summary>
    /// <exception cref="ArgumentException">The grammar cannot be parsed, or it refuses its own trigger.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    internal async Task<GrammarConstraint> CompileAsync(
        string grammar, string? trigger, LlamaTokenizer tokenizer, CancellationToken cancellationToken)
    {
        _ = _running.Value;
        var order = new Order(grammar, trigger, tokenizer, new(TaskCreationOptions.RunContinuationsAsynchronously));
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

    /// <summary>Ends the thread after the orders that it has.</summary>
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
            return; // given up while it waited
        try
        {
            var constraint = new GrammarConstraint(order.Grammar, order.Trigger, order.Tokenizer);
            if (!order.Result.TrySetResult(constraint))
                constraint.Dispose();
        }
#pragma warning disable CA1031 // whatever it is, the caller is told
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

    private sealed record Order(string Grammar, string? Trigger, LlamaTokenizer Tokenizer, TaskCompletionSource<GrammarConstraint> Result);
}
