namespace CognitiveTools.Hosting;

/// <summary>Keys under which a host registers its models.</summary>
public static class ServiceKeys
{
    /// <summary>Key of the <c>IChatClient</c> that reasoners and tools ask.</summary>
    public const string Verbal = "verbal";

    /// <summary>Key of the <c>ILatentModel</c> whose hidden states latent reasoners use; without one, the model without a key
    /// serves.</summary>
    public const string Latent = "latent";
}
