namespace CognitiveTools.Identity;

/// <summary>
/// Says what a registered model is. Each engine registers one for the model it serves; an eval run records all of a host's.
/// Thread-safe.
/// </summary>
public interface IModelIdentitySource
{
    /// <summary>Describes the model, which is loaded or reached for it where that is needed.</summary>
    /// <exception cref="IOException">The model's file cannot be read.</exception>
    ValueTask<ModelIdentity> IdentifyAsync(CancellationToken cancellationToken = default);
}
