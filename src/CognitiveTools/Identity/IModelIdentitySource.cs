namespace CognitiveTools.Identity;

/// <summary>
/// Identifies a registered model. Each engine registers one for its model; an eval run records all of a host's models. Thread-safe.
/// </summary>
public interface IModelIdentitySource
{
    /// <summary>Describes the model; loads or contacts it when necessary.</summary>
    /// <exception cref="IOException">The model's file cannot be read.</exception>
    ValueTask<ModelIdentity> IdentifyAsync(CancellationToken cancellationToken = default);
}
