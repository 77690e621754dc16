using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Two families in a row: the answer of the first, called k, is where the second starts.</summary>
internal sealed class Chain(ProblemFamily first, ProblemFamily second) : ProblemFamily
{
    public const string FamilyName = "chain";

    public override string Name => FamilyName;

    public override int Wordings => 4;

    public override int TrainedSteps => 4;

    public override Instance Analogue => first.Analogue;

    public override Instance? Draw(SeededRandom random, int steps)
    {
        if (steps < 2)
            return null;
        var early = random.Between(1, steps - 1);
        if (first.Draw(random, early) is not { } lead)
            return null;
        var value = lead.Solve(new CalculationRecorder());
        var rest = second.DrawFrom(random, steps - early, value, "k");
        return rest is null
            ? null
            : new Drawn(lead, rest, random.Below(first.Wordings - UnseenWordings), random.Below(second.Wordings - UnseenWordings));
    }

    private sealed record Drawn(Instance Lead, ContinuingInstance Rest, int LeadWording, int RestWording) : Instance
    {
        public override string Canonical => $"k={Lead.Canonical};{Rest.Canonical}";

        public override string Ask(int wording) => wording switch
        {
            0 => $"{Lead.Ask(LeadWording)} Let k be the result. {Rest.Ask(RestWording)}",
            1 => $"Let k be the answer to this: {Lead.Ask(LeadWording)} Then: {Rest.Ask(RestWording)}",
            2 => $"{Rest.Ask(RestWording)} Here k is the answer to this: {Lead.Ask(LeadWording)}",
            _ => $"First find k: {Lead.Ask(LeadWording)} {Rest.Ask(RestWording)}",
        };

        public override int Solve(CalculationRecorder recorder)
        {
            var value = Lead.Solve(recorder);
            recorder.Name("k", value);
            return Rest.SolveFrom(value, recorder);
        }
    }
}
