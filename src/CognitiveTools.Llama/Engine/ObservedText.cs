using System.Threading.Channels;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Engine;

/// <summary>Hands the pieces of a text to an observer on a pool thread, so that the decode thread runs no code of a caller.</summary>
internal static class ObservedText
{
    /// <summary>The writer for the pieces, and a task that completes when the observer has received all of them.</summary>
    internal static (ChannelWriter<TextPiece> Pieces, Task Heard) Of(IProgress<ContinuationPiece> observer)
    {
        var pieces = Channel.CreateUnbounded<TextPiece>(new() { SingleReader = true, SingleWriter = true });
        return (pieces.Writer, Task.Run(() => ReportAsync(pieces.Reader, observer)));
    }

    private static async Task ReportAsync(ChannelReader<TextPiece> pieces, IProgress<ContinuationPiece> observer)
    {
        await foreach (var piece in pieces.ReadAllAsync().ConfigureAwait(false))
            observer.Report(new(piece.Text, piece.IsThought));
    }
}
