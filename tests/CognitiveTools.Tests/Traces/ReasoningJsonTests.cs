using System.Text.Json;
using CognitiveTools.Reasoners;
using CognitiveTools.Traces;

namespace CognitiveTools.Tests.Traces;

public sealed class ReasoningJsonTests
{
    private static readonly Reasoning Sample = new(
        "ANSWER: 7",
        [
            new Said("Let $a<b$ & \"c\"."),
            new Called("examine_answer", """{"current_proposed_answer":"7"}""", "Answered",
                "correct") { Usage = new Usage { ToolPrompt = 40, ToolGenerated = 9 }, Notes = ["ignored argument 'model'"] },
            new Thought(0, "embedding", 1.25, 0.5, [new TokenShare(" 7", 0.75)]) { Spread = 0.25 },
            new Branch(0, "1:3;", Chosen: false) { First = new TokenShare("1:", 0.5) },
            new Branch(1, "ANSWER: 7", Chosen: true) { First = new TokenShare("7", 0.25), Answer = "7", Confidence = 0.5 },
            new Agreement(4, 3, 0.1),
        ],
        new Usage { Prompt = 10, Generated = 5, Latent = 1, Elapsed = TimeSpan.FromMilliseconds(12) },
        StopReason.Completed)
    {
        LimitsHit = ["toolCalls"],
    };

    [Fact]
    public void A_trace_survives_a_round_trip()
    {
        var json = ReasoningJson.Write(Sample);

        Assert.Equal(json, ReasoningJson.Write(ReasoningJson.Read(json)));
        Assert.Equivalent(Sample, ReasoningJson.Read(json));
    }

    [Fact]
    public void Derived_figures_are_not_stored_and_mathematics_is_not_escaped()
    {
        var json = ReasoningJson.Write(Sample);

        Assert.DoesNotContain("positions", json, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("$a<b$ &", json, StringComparison.Ordinal);
        Assert.Contains("\"stop\":\"Completed\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_and_numbers_that_are_none_can_be_written()
    {
        var cut = Sample with { Answer = "cut \ud83d", Steps = [new Thought(0, "embedding", double.NaN, 0, [])] };

        Assert.Equal("cut \ufffd", ReasoningJson.Read(ReasoningJson.Write(cut)).Answer);
    }

    [Fact]
    public void Something_else_is_refused() =>
        Assert.Throws<JsonException>(() => ReasoningJson.Read("null"));

    [Fact]
    public void With_any_serializer_a_reason_to_stop_is_a_word_as_an_outcome_is()
    {
        var json = JsonSerializer.Serialize(new Reasoning("4", [new Called("t", "{}", "Answered", "x")], new Usage(),
            StopReason.ContextFull));
        Assert.Contains("\"Stop\":\"ContextFull\"", json, StringComparison.Ordinal);
    }
}
