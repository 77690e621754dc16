using System.Reflection;

namespace CognitiveTools.Identity;

/// <summary>Says what a host brings to the answers of a reasoner. Thread-safe.</summary>
internal interface IReasonerIdentifier
{
    /// <param name="inputs">What the reasoner takes besides the host's services.</param>
    /// <param name="code">Assemblies that the host's reasoners come from.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<ReasonerIdentity> IdentifyAsync(ReasonerInputs inputs, IEnumerable<Assembly> code, CancellationToken cancellationToken);
}
