using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.TestHost;

internal sealed class ScriptedFactory(string kind, Allowance allowance) : IReasonerFactory
{
    public string Kind => kind;

    public string Description => "Adds one, now and then wrongly.";

    public IReasoner Create(ReasonerSpec spec) => new ScriptedReasoner(allowance);
}
