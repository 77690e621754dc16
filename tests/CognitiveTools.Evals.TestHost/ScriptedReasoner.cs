using System.Globalization;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.TestHost;

internal sealed class ScriptedReasoner(Allowance allowance) : IReasoner
{
    public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        await allowance.TakeAsync(cancellationToken);
        var number = int.Parse(question.Id.AsSpan(1), CultureInfo.InvariantCulture);
        var answer = $"ANSWER: {(options.Seed % 3 == 0 ? number : number + 1)}";
        return new Reasoning(answer, [new Said(answer)], new Usage { Prompt = 10, Generated = 5 }, StopReason.Completed);
    }
}
