namespace CognitiveTools.Reasoners;

/// <summary>Makes reasoners of one kind. Each floor registers its own; <see cref="ReasonerCatalog"/> finds them.</summary>
public interface IReasonerFactory
{
    /// <summary>The kind as suites write it, for instance <c>cot</c>.</summary>
    string Kind { get; }

    /// <summary>One line for help texts: what it does and which settings it takes.</summary>
    string Description { get; }

    /// <summary>Makes a reasoner.</summary>
    /// <exception cref="ArgumentException">A setting or control is unknown or out of range; the message names it and the remedy.</exception>
    IReasoner Create(ReasonerSpec spec);
}
