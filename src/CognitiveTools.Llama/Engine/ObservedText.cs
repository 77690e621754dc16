using System.Threading.Channels;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Engine;

/// <summary>Hands the pieces of a text to an observer on a pool thread, so that the decode thread runs no code of a caller.</summary>
internal static class ObservedText
{
    /// <summary>The writer for the pieces, and a task that completes when the observer has received all of them.</summary>
    internal static (ChannelWriter<TextPiece> Pieces, Task Heard) Of(IProgress<ContinuationPiece> observer) => OfGroup([observer]);

    /// <summary>As <see cref="Of"/>, for several texts: a piece goes to the observer at <see cref="TextPiece.Sample"/>.</summary>
    internal static (ChannelWriter<TextPiece> Pieces, Task Heard) OfGroup(IReadOnlyList<IProgress<ContinuationPiece>?> observers)
    {
        var pieces = Channel.CreateUnbounded<TextPiece>(new() { SingleReader = true, SingleWriter = true });
        return (pieces.Writer, Task.Run(() => ReportAsync(pieces.Reader, observers)));
    }

    private static async Task ReportAsync(ChannelReader<TextPiece> pieces, IReadOnlyList<IProgress<ContinuationPiece>?> observers)
    {
        await foreach (var piece in pieces.ReadAllAsync().ConfigureAwait(false))
            observers[piece.Sample ?? 0]?.Report(new(piece.Text, piece.IsThought));
    }
}
