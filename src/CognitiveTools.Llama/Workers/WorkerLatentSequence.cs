using System.Threading.Channels;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Workers;

/// <summary>A sequence in a worker. The first append assigns it to the running process. Used by one caller at a time.</summary>
internal sealed partial class WorkerLatentSequence(LlamaWorker worker, int width) : ILatentSequence
{
    private readonly LlamaWorker _worker = worker;
    private readonly int _width = width;
    private readonly long _number = worker.NextSequence();
    private WorkerProcess? _process; // where it lives; null while it is empty
    private bool _closed;

    public int Length { get; private set; }

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default) =>
        AppendAsync(new AppendTokensCall(_number, tokens.ToArray()), rows: default, tokens.Length, cancellationToken);

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default) =>
        AppendAsync(new AppendRowsCall(_number), embeddings, embeddings.Length / _width, cancellationToken);

    public async ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (pieces, heard) = options.TextObserver is { } observer ? ObservedText.Of(observer) : default;
        var call = new ContinueCall(_number, options, Streams: pieces is not null);
        var said = (await RunAsync(call, rows: default, cancellationToken, pieces).ConfigureAwait(false)).Message;
        if (heard is not null)
            await heard.ConfigureAwait(false);
        Length += said.Tokens.Count;
        return said;
    }

    public ILatentSequence Fork()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var fork = new WorkerLatentSequence(_worker, _width) { _process = _process, Length = Length };
        _process?.Call(new ForkCall(_number, fork._number));
        return fork;
    }

    public void Rewind(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        ObjectDisposedException.ThrowIf(_closed, this);
        _process?.Call(new RewindCall(_number, length));
        Length = length;
    }

    public ValueTask DisposeAsync()
    {
        if (!_closed)
            _process?.Post(new CloseCall(_number));
        _closed = true;
        return ValueTask.CompletedTask;
    }

    private async ValueTask<Prediction> AppendAsync(
        WorkerCall<Done> call, ReadOnlyMemory<float> rows, int count, CancellationToken cancellationToken)
    {
        var prediction = (await RunAsync(call, rows, cancellationToken).ConfigureAwait(false)).Rows;
        Length += count;
        return new(prediction.AsMemory(0, _width), prediction.AsMemory(_width));
    }

    private async Task<WorkerFrame<T>> RunAsync<T>(
        WorkerCall<T> call, ReadOnlyMemory<float> rows, CancellationToken cancellationToken, ChannelWriter<TextPiece>? pieces = null)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _process ??= await _worker.RunningAsync(cancellationToken).ConfigureAwait(false);
        return await _process.CallAsync(call, rows, pieces, cancellationToken).ConfigureAwait(false);
    }
}
