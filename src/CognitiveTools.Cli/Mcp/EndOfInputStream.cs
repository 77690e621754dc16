namespace CognitiveTools.Cli.Mcp;

/// <summary>A stream that reports its end: the first read that returns nothing or fails.</summary>
/// <param name="inner">The stream; disposed with this one.</param>
/// <param name="onEnd">Called once, at the end.</param>
internal sealed class EndOfInputStream(Stream inner, Action onEnd) : Stream
{
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Noted(inner.Read(buffer), buffer.Length);
        }
        catch (IOException)
        {
            End();
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Noted(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (IOException)
        {
            End();
            throw;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Noted(int read, int asked)
    {
        if (read == 0 && asked > 0)
            End();
        return read;
    }

    private void End()
    {
        if (_ended)
            return;
        _ended = true;
        onEnd();
    }
}
