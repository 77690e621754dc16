using CognitiveTools.Latent.Thoughts;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: after the thoughts the sequence is rewound to the prompt, so the answer cannot
/// attend to them. Markers around the thoughts stay. The dropped positions count as discarded,
/// and so does the one position that is forwarded again when there is no end marker.
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
