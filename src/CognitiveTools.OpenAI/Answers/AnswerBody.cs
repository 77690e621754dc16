using System.Text;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>The body of an answer: bounded, so that no server can fill the memory, and with a look at its first character.</summary>
/// <param name="inner">What is read; closed with this stream.</param>
/// <param name="limit">Bytes it may have.</param>
internal sealed class AnswerBody(Stream inner, long limit) : ReadingStream
{
    private readonly byte[] _first = new byte[1];
    private bool _holdsFirst;
    private long _read;

    /// <summary>The first byte that is neither blank nor of a byte order mark, with all before it skipped; 0 when there is none.</summary>
    public async ValueTask<byte> PeekAsync(CancellationToken cancellationToken)
    {
        while (await ReadInnerAsync(_first, cancellationToken).ConfigureAwait(false) == 1)
        {
            if (_first[0] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t' or 0xEF or 0xBB or 0xBF)
                continue;
            _holdsFirst = true;
            return _first[0];
        }

        return 0;
    }

    /// <summary>The whole of it, or what is left, as text.</summary>
    /// <exception cref="EndpointAnswerException">There is more than the limit.</exception>
    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(this, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="EndpointAnswerException">There is more than the limit.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_holdsFirst || buffer.IsEmpty)
            return ReadInnerAsync(buffer, cancellationToken);
        (buffer.Span[0], _holdsFirst) = (_first[0], false);
        return new(1);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _read += read;
        return _read <= limit ? read : throw new EndpointAnswerException($"more than {limit / (1024 * 1024)} MiB", isError: false);
    }
}
