using CognitiveTools.Latent.Thoughts;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: after the thoughts the sequence is rewound to the prompt, so the answer cannot attend to them. Markers
/// around the thoughts stay. The dropped positions are booked as discarded, with the one position that is forwarded
/// again when no end marker follows.
/// </summary>
public sealed class CacheDropped(IThoughtRule rule) : IThoughtRule
{
    /// <inheritdoc/>
    public bool FeedsEmbeddings => rule.FeedsEmbeddings;

    /// <inheritdoc/>
    public bool DropsCache => true;

    /// <inheritdoc/>
    public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default) =>
        rule.BeginAsync(context, cancellationToken);
}
