using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

/// <summary>A disk with little room.</summary>
internal sealed class SmallDisk : StoreDisk
{
    public long Free { get; init; } = long.MaxValue;

    public long Holds { get; set; } = long.MaxValue;

    public override long Available(string folder) => Free;

    public override Stream Open(string part, long length) => new Bounded(base.Open(part, length), this);

    private sealed class Bounded(Stream inner, SmallDisk disk) : PassingStream(inner)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position + buffer.Length > disk.Holds
                ? throw new IOException("No space left on device", 28)
                : base.WriteAsync(buffer, cancellationToken);
    }
}
