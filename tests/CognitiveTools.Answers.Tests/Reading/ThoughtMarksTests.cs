using CognitiveTools.Answers.Reading;
using CognitiveTools.Calls;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Tests.Reading;

/// <summary>The loop and the scorers see the same private text, whichever family of models wrote it.</summary>
public sealed class ThoughtMarksTests
{
    public static TheoryData<string, string> Families => new()
    {
        { "<think>", "</think>" },
        { "<thinking>", "</thinking>" },
        { "<thought>", "</thought>" },
        { "<Think>", "</Think>" },
        { "<reasoning>", "</reasoning>" },
        { "<scratchpad>", "</scratchpad>" },
        { "<analysis>", "</analysis>" },
        { "<reflection>", "</reflection>" },
        { "<inner_monologue>", "</inner_monologue>" },
        { "<seed:think>", "</seed:think>" },
        { "[THINK]", "[/THINK]" },
        { "◁think▷", "◁/think▷" },
        { "<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>" },
        { "<|begin_of_thought|>", "<|end_of_thought|><|begin_of_solution|>" },
        { "<|inner_prefix|>", "<|inner_suffix|>" },
        { "<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>" },
        { "<|channel>thought", "<channel|>" },
        { "analysis", "assistantfinal" },
        { "Here is my thought process: ", " Here is my response: " },
        { "Here are my reasoning steps:\n", "[BEGIN FINAL RESPONSE]" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void What_was_only_thought_is_no_answer_to_the_loop_nor_to_any_scorer(string open, string close)
    {
        var text = $"{open}Maybe it is so.\nANSWER: 5\nor \\boxed{{5}}, the answer is 5.{close}I do not know.";

        Assert.True(AnswerMarker.IndexOf(ThinkBlocks.Mask(text)) < 0);
        Assert.All(AnswerKinds.Names, kind => Assert.Null(AnswerKinds.Find(kind).Read(text)));
        Assert.Equal("I do not know.", ThinkBlocks.Remove(text).Trim());
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void An_answer_behind_thoughts_is_the_same_for_the_loop_and_for_every_scorer(string open, string close)
    {
        var text = $"{open}Try 12: ANSWER: 12{close}ANSWER: 15";

        Assert.True(AnswerMarker.IndexOf(ThinkBlocks.Mask(text)) >= 0);
        var numbers = AnswerKinds.Names.Where(static name => name != AnswerKinds.Queens.Name);
        Assert.All(numbers, kind => Assert.Equal("15", AnswerKinds.Find(kind).Read(text)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_text_that_was_cut_within_its_thoughts_gives_no_answer(string open, string close)
    {
        var text = $"{open}So far \\boxed{{3}}, but then";

        var extraction = AnswerKinds.Integer.Extract(text);

        Assert.Equal((null, true), (extraction.Answer, extraction.OpenThoughts));
        Assert.True(ThinkBlocks.IsOpen(text));
        Assert.False(ThinkBlocks.IsOpen(text + close));
    }

    [Theory]
    [InlineData("analysis of cases: the answer is 5", "5")]
    [InlineData("Analysis: ANSWER: 5 follows\nANSWER: 6", "6")]
    [InlineData("a < b and [THIS] is kept. ANSWER: 4\nANSWER: 7", "7")]
    [InlineData("no opening mark</think>ANSWER: 8", "8")]
    [InlineData("<think>a</think>b \\boxed{1}</think>ANSWER: 9", "9")]
    public void Words_that_look_like_marks_are_text_and_a_lone_closing_mark_ends_thoughts(string text, string answer) =>
        Assert.Equal(answer, AnswerKinds.Integer.Read(text));

    [Theory]
    [InlineData("I put it in <analysis> tags. ANSWER: 5")]
    [InlineData("The <think> tag is not used. ANSWER: 5")]
    [InlineData("ANSWER: 5\nYour `<reflection>` and \"</reflection>\" are left out.")]
    [InlineData("Without a <reflection>, ANSWER: 5")]
    public void A_text_that_only_mentions_a_mark_is_kept_whole(string text)
    {
        Assert.Equal(text, ThinkBlocks.Remove(text));
        Assert.False(ThinkBlocks.IsOpen(text));
    }

    [Theory]
    [InlineData("<think>")]
    [InlineData("a <analysis> ")]
    [InlineData("</think>")]
    [InlineData("<think></think>")]
    [InlineData("[THINK]x[/THINK]")]
    [InlineData("<|channel|>")]
    public void A_hostile_megabyte_of_marks_is_masked_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        Assert.Equal(text.Length, ThinkBlocks.Mask(text).Length);
    }
}
