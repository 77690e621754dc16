using CognitiveTools.Identity;

namespace CognitiveTools.Reasoners;

/// <summary>Makes reasoners of one kind. Each floor registers its own; <see cref="ReasonerCatalog"/> finds them.</summary>
public interface IReasonerFactory
{
    /// <summary>The kind as suites write it, for instance <c>cot</c>.</summary>
    string Kind { get; }

    /// <summary>One line for help texts: what it does and which settings it takes.</summary>
    string Description { get; }

    /// <summary>Makes a reasoner.</summary>
    /// <exception cref="ArgumentException">A setting or control is unknown or out of range; the message names it and the
    /// remedy.</exception>
    IReasoner Create(ReasonerSpec spec);

    /// <summary>What the reasoner of a spec takes from outside besides its host's services; part of a run's identity.</summary>
    /// <value>By default the prompts that the setting <c>profile</c> names, and no files.</value>
    ReasonerInputs InputsOf(ReasonerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new ReasonerInputs { Profile = spec.Settings.GetValueOrDefault("profile", "") };
    }
}
