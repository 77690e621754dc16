using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Suites;

public sealed class OptionalArmTests
{
    private static readonly ReasonerCatalog OnlyDirect = ScriptedReasoner.Catalog(("direct", new ScriptedReasoner(_ => "ANSWER: 1")));

    [Fact]
    public void An_optional_arm_that_cannot_run_is_left_out_with_the_reason_and_so_are_its_controls()
    {
        var suite = Parse("arms: [direct, {name: a, reasoner: missing, optional: true}, {name: b, reasoner: direct:x=1, controlOf: a}]");

        var (left, lines) = OptionalArms.Select(suite, _ => OnlyDirect);

        Assert.Equal(["direct"], left.Arms.Select(arm => arm.Name));
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("Arm 'a' is optional and left out. There is no reasoner 'missing'", lines[0], StringComparison.Ordinal);
        Assert.Equal("Arm 'b' is left out, because it is a control of 'a'.", lines[1]);
    }

    [Fact]
    public void An_optional_arm_that_can_run_stays_and_an_arm_that_must_run_is_not_tried()
    {
        var suite = Parse("arms: [direct, {name: again, reasoner: direct, optional: true}, missing]");

        var (left, lines) = OptionalArms.Select(suite, _ => OnlyDirect);

        Assert.Equal(suite.Arms, left.Arms);
        Assert.Empty(lines);
    }

    private static Suite Parse(string yaml) => SuiteFile.Parse(new StringReader(yaml), "s.yaml");
}
