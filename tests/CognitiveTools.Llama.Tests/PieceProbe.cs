using System.Threading.Channels;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Tests;

/// <summary>
/// Runs code on the decode thread: at each piece of a generation, and at its end. What it does there happens at a known decode.
/// </summary>
internal sealed class PieceProbe(Action<int> onPiece, Action? onEnd = null) : ChannelWriter<TextPiece>
{
    private int _pieces;

    public override bool TryWrite(TextPiece item)
    {
        onPiece(++_pieces);
        return true;
    }

    public override bool TryComplete(Exception? error = null)
    {
        onEnd?.Invoke();
        return true;
    }

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => new(true);
}
