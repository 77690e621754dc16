using System.Threading.Channels;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// The calls that wait for a worker's answer, by number. Owns their numbers and their tasks; any thread adds, the reading thread
/// answers and ends. Invariants: a call is removed with its last answer or with the end of the process, never both; after the end no
/// call is added.
/// </summary>
internal sealed class PendingCalls
{
    private readonly Dictionary<long, Pending> _pending = [];
    private readonly Lock _gate = new();
    private long _last;
    private string? _ended;

    /// <summary>Whether the process has ended, so that every call fails.</summary>
    internal bool HaveEnded
    {
        get
        {
            lock (_gate)
                return _ended is not null;
        }
    }

    /// <summary>Whether a call waits for an answer.</summary>
    internal bool Any
    {
        get
        {
            lock (_gate)
                return _pending.Count > 0;
        }
    }

    /// <summary>Adds a call, before it is sent.</summary>
    /// <param name="pieces">Gets the pieces of its answer.</param>
    /// <returns>Its number, from 1, and its last answer.</returns>
    /// <exception cref="LlamaWorkerException">The process has ended.</exception>
    internal (long Id, Task<WorkerFrame<WorkerReply>> Answer) Add(ChannelWriter<TextPiece>? pieces)
    {
        var pending = new Pending(pieces);
        lock (_gate)
        {
            if (_ended is not null)
                throw new LlamaWorkerException(_ended);
            _pending.Add(++_last, pending);
            return (_last, pending.Answer);
        }
    }

    /// <summary>Gives an answer to its call; an answer without a waiting call is dropped.</summary>
    internal void Take(WorkerFrame<WorkerReply> frame)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(frame.Message.Id, out var pending) && pending.Take(frame))
                _pending.Remove(frame.Message.Id);
        }
    }

    /// <summary>Fails every call, and those that come later.</summary>
    /// <param name="reason">A sentence that begins with the worker.</param>
    internal void End(string reason)
    {
        lock (_gate)
        {
            _ended = reason;
            foreach (var pending in _pending.Values)
                pending.End(new LlamaWorkerException(reason));
            _pending.Clear();
        }
    }

    private sealed class Pending(ChannelWriter<TextPiece>? pieces)
    {
        private readonly TaskCompletionSource<WorkerFrame<WorkerReply>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<WorkerFrame<WorkerReply>> Answer => _answer.Task;

        /// <returns>Whether that was the last answer.</returns>
        internal bool Take(WorkerFrame<WorkerReply> frame)
        {
            if (frame.Message.Answer is PieceAnswer piece)
            {
                pieces?.TryWrite(new(piece.Text, piece.IsThought) { Sample = piece.Member });
                return false;
            }

            return _answer.TrySetResult(frame);
        }

        internal void End(LlamaWorkerException error) => _answer.TrySetException(error);
    }
}
