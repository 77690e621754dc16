namespace CognitiveTools.Reasoners;

/// <summary>Adds layers to reasoners.</summary>
public static class ReasonerExtensions
{
    /// <summary>A builder around this reasoner.</summary>
    public static ReasonerBuilder AsBuilder(this IReasoner reasoner)
    {
        ArgumentNullException.ThrowIfNull(reasoner);
        return new ReasonerBuilder(reasoner);
    }
}
