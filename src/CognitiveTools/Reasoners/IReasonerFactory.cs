using CognitiveTools.Identity;

namespace CognitiveTools.Reasoners;

/// <summary>Makes reasoners of one kind. Register it as a service; <see cref="ReasonerCatalog"/> finds it.</summary>
public interface IReasonerFactory
{
    /// <summary>The kind as suites write it, for instance <c>cot</c>.</summary>
    string Kind { get; }

    /// <summary>One sentence for help texts: what the reasoner does.</summary>
    string Description { get; }

    /// <summary>The settings and controls that a spec of this kind may have, for help texts.</summary>
    /// <value>By default none are listed.</value>
    IReadOnlyList<ReasonerSetting> Settings => [];

    /// <summary>Makes a reasoner.</summary>
    /// <exception cref="ArgumentException">
    /// A setting or control is unknown or out of range; the message names it and the remedy.
    /// </exception>
    IReasoner Create(ReasonerSpec spec);

    /// <summary>The inputs of a spec's reasoner besides the host's services; part of a run's identity.</summary>
    /// <value>By default the prompts that the setting <c>profile</c> names, and no files.</value>
    ReasonerInputs InputsOf(ReasonerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new ReasonerInputs { Profile = spec.Settings.GetValueOrDefault("profile", "") };
    }
}
