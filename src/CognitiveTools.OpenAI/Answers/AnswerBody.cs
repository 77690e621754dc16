using System.Text;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>The body of an answer: bounded, so that a server cannot fill the memory. It can peek at the first character.</summary>
/// <param name="inner">The inner stream, which is closed with this one.</param>
/// <param name="limit">The maximum number of bytes.</param>
internal sealed class AnswerBody(Stream inner, long limit) : ReadingStream
{
    private readonly byte[] _first = new byte[1];
    private bool _holdsFirst;
    private long _read;

    /// <summary>Skips blanks and a byte order mark and returns the next byte; 0 at the end.</summary>
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

    /// <summary>The rest of the body as text.</summary>
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
