namespace CognitiveTools.Hosting;

/// <summary>Keys under which a host registers its models.</summary>
public static class ServiceKeys
{
    /// <summary>Key of the <c>IChatClient</c> of reasoners and tools.</summary>
    public const string Verbal = "verbal";

    /// <summary>
    /// Key of the <c>ILatentModel</c> of latent reasoners; without it they use the <c>ILatentModel</c> registered without a key.
    /// </summary>
    public const string Latent = "latent";
}
