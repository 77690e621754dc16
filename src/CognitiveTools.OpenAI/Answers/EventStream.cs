using System.Text;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>Rewritten chunks as the stream of server-sent events that OpenAI's client reads.</summary>
/// <param name="chunks">The chunks as JSON, the last one <c>[DONE]</c>.</param>
/// <param name="source">The source of the chunks, which is closed with this stream.</param>
internal sealed class EventStream(IAsyncEnumerator<string> chunks, Stream source) : ReadingStream
{
    private ReadOnlyMemory<byte> _rest;
    private bool _atEnd;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_atEnd || !await chunks.MoveNextAsync().ConfigureAwait(false))
            {
                _atEnd = true;
                return 0;
            }

            _rest = Encoding.UTF8.GetBytes($"data: {chunks.Current}\n\n");
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }
}
