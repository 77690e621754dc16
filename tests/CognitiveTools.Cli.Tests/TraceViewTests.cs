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
            new Called("recall_related", """{"question":"q"}""", "Answered", "Q: a\nA: b")
            {
                Usage = new Usage { ToolPrompt = 30, ToolGenerated = 12 },
                Notes = ["n"],
            },
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
            branch 0 from '12' 0.75
            | 12 or so
            branch 1 from '1:' 0.10, chosen: answer 7 (confidence 0.99)
            | ANSWER: 7
            turn 1
            | ANSWER: 7

            """,
            Show(
                new Branch(0, "12 or so", Chosen: false) { First = new TokenShare("12", 0.75) },
                new Branch(1, "ANSWER: 7", Chosen: true) { First = new TokenShare("1:", 0.1), Answer = "7", Confidence = 0.98765 },
                new Said("ANSWER: 7")));
    }

    [Fact]
    public void Thoughts_are_a_branch_of_their_own()
    {
        var thought = new Thought(0, "embedding", 17.25, 0.5, [new TokenShare("\u001b[2J", 0.75)]);
        Assert.Equal(
            """
            latent
            | thought 0 (embedding) norm 17.25, entropy 0.50 nats, near '\u001b[2J' 0.75
            | thought 1 (embedding) norm 17.25, entropy 0.50 nats, near '\u001b[2J' 0.75
            turn 1
            | ANSWER: 4

            """,
            Show(thought, thought with { Index = 1 }, new Said("ANSWER: 4")));
    }

    [Fact]
    public void A_token_as_a_thought_has_no_norm() => Assert.Equal(
        """
        latent
        | thought 0 (token) entropy 0.50 nats, near '<|pause|>' 0.75

        """,
        Show(new Thought(0, "token", 0, 0.5, [new TokenShare("<|pause|>", 0.75)])));

    [Fact]
    public void Branches_say_which_was_chosen_and_the_comparison_with_greedy_decoding_is_one_line() => Assert.Equal(
        """
        branch 0 (confidence 0.25)
        | ANSWER: 3
        branch 1, chosen (confidence 0.50)
        | ANSWER: 4
        greedy decoding has 5 of 6 tokens the same; spread 0.13

        """,
        Show(
            new Branch(0, "ANSWER: 3", Chosen: false) { Confidence = 0.25 },
            new Branch(1, "ANSWER: 4", Chosen: true) { Confidence = 0.5 },
            new Agreement(6, 5, 0.125)));

    private static string Show(params Step[] steps)
    {
        using var output = new StringWriter();
        var view = new TraceView(output);
        foreach (var step in steps)
            view.Report(step);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
