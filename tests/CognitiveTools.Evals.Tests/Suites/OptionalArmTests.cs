using CognitiveTools.Chat;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Hosting;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Evals.Tests.Suites;

public sealed class OptionalArmTests
{
    private static readonly ReasonerCatalog OnlyDirect = ScriptedReasoner.Catalog(("direct", new ScriptedReasoner(_ => "ANSWER: 1")));

    [Theory]
    [InlineData("think=on")]
    [InlineData("think=off")]
    [InlineData("thoughts=5")]
    [InlineData("wait=1")]
    public void An_optional_arm_is_left_out_with_the_reason_where_the_model_cannot_think_and_so_are_its_controls(string setting)
    {
        var suite = Parse(
            $"arms: [direct, {{name: a, reasoner: 'cot:{setting}', optional: true}}, {{name: b, reasoner: direct:x=1, controlOf: a}}]");

        var (left, lines) = OptionalArms.Select(suite, _ => WithoutThoughts);

        Assert.Equal(["direct"], left.Arms.Select(arm => arm.Name));
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("Arm 'a' is optional and left out. Reasoner 'cot:", lines[0], StringComparison.Ordinal);
        Assert.Contains($"so {setting.Split('=')[0]} cannot be set", lines[0], StringComparison.Ordinal);
        Assert.Equal("Arm 'b' is left out, because it is a control of 'a'.", lines[1]);
    }

    [Theory]
    [InlineData("missing", "There is no reasoner 'missing'")]
    [InlineData("cot:thnik=on", "no setting 'thnik'")]
    [InlineData("cot:think=perhaps", "'think=perhaps'")]
    [InlineData("cot:thoughts=-5", "thoughts")]
    [InlineData("cot:profile=none,think=on", "none")]
    [InlineData("cot:think=on,thnik=on", "no setting 'thnik'")]
    [InlineData("tools:think=on,tools=none", "none")]
    [InlineData("maj:k=0,of=cot,of.think=on", "k=0")]
    public void Whatever_else_is_wrong_with_an_optional_arm_is_an_error(string reasoner, string reason)
    {
        var suite = Parse($"arms: [direct, {{name: a, reasoner: '{reasoner}', optional: true}}]");

        var error = Assert.ThrowsAny<ArgumentException>(() => OptionalArms.Select(suite, _ => WithoutThoughts));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_arm_that_can_run_stays_and_an_arm_that_must_run_is_not_tried()
    {
        var suite = Parse("arms: [direct, {name: again, reasoner: direct, optional: true}, missing]");

        var (left, lines) = OptionalArms.Select(suite, _ => OnlyDirect);

        Assert.Equal(suite.Arms, left.Arms);
        Assert.Empty(lines);
    }

    // The reasoners of the toolkit on a client that says that its model does not think.
    private static readonly ReasonerCatalog WithoutThoughts = new ServiceCollection()
        .AddCognitiveTools()
        .AddKeyedSingleton<IChatClient>(ServiceKeys.Verbal, new Unthinking())
        .AddCognitiveToolsEvals()
        .BuildServiceProvider()
        .GetRequiredService<ReasonerCatalog>();

    private sealed class Unthinking() : DelegatingChatClient(new ScriptedChatClient())
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatCapabilities)
                ? new ChatCapabilities(Grammar: false) { Thinks = false, ThoughtBudgets = true }
                : base.GetService(serviceType, serviceKey);
    }

    private static Suite Parse(string yaml) => SuiteFile.Parse(new StringReader(yaml), "s.yaml");
}
