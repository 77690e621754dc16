using System.Reflection;

namespace CognitiveTools.Identity;

/// <summary>Identifies everything in a host that decides a reasoner's answers. Thread-safe.</summary>
internal interface IReasonerIdentifier
{
    /// <param name="inputs">The reasoner's inputs besides the host's services.</param>
    /// <param name="code">Assemblies of the host's reasoners.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<ReasonerIdentity> IdentifyAsync(ReasonerInputs inputs, IEnumerable<Assembly> code, CancellationToken cancellationToken);
}
