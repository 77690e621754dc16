using CognitiveTools.Cli.Ask;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Tests;

public sealed class TraceViewTests
{
    [Fact]
    public void A_trace_is_a_tree_of_turns_calls_and_observations()
    {
        var tree = Show(
            new Said("Let me see.\n<call>...</call>"),
            new Called("recall_related", """{"question":"q"}""", "Answered", "Q: a\nA: b") { Usage = new Usage { ToolPrompt = 30, ToolGenerated = 12 }, Notes = ["n"] },
            new Said("ANSWER: 4"));

        Assert.Equal(
            """
            turn 1
            | Let me see.
            | <call>...</call>
            | call recall_related {"question":"q"}
            | | Answered, 42 positions (n)
            | | | Q: a
            | | | A: b
            turn 2
            | ANSWER: 4

            """,
            tree);
    }

    [Fact]
    public void Branches_show_their_answers_and_the_chosen_one_is_the_turn()
    {
        Assert.Equal(
            """
            branch 0 from '12' 0.75: no answer
            | 12 or so
            branch 1 from '1:' 0.10: answer 7, confidence 0.988, chosen
            turn 1
            | ANSWER: 7

            """,
            Show(
                new Branch(0, new TokenShare("12", 0.75), "12 or so", null, null, Chosen: false),
                new Branch(1, new TokenShare("1:", 0.1), "ANSWER: 7", "7", 0.98765, Chosen: true),
                new Said("ANSWER: 7")));
    }

    [Fact]
    public void Thoughts_are_a_branch_of_their_own()
    {
        var thought = new Thought(0, "embedding", 17.25, 0.5, [new TokenShare("\u001b[2J", 0.75)]);
        Assert.Equal(
            """
            latent
            | thought 0 (embedding) norm 17.25, entropy 0.50 nats, near '\x1b[2J' 0.75
            | thought 1 (embedding) norm 17.25, entropy 0.50 nats, near '\x1b[2J' 0.75
            turn 1
            | ANSWER: 4

            """,
            Show(thought, thought with { Index = 1 }, new Said("ANSWER: 4")));
    }

    private static string Show(params Step[] steps)
    {
        using var output = new StringWriter();
        var view = new TraceView(output);
        foreach (var step in steps)
            view.Report(step);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
