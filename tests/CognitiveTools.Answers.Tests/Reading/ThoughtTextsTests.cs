using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;

namespace CognitiveTools.Answers.Tests.Reading;

/// <summary>
/// Texts of many model families whose answer is 391 and whose thought holds <c>ANSWER: 5</c>: whole, cut in the thought, with marks that
/// the engine shows and marks that it drops.
/// </summary>
public sealed class ThoughtTextsTests
{
    private const string Thought = "17 * 20 is 340.\nANSWER: 5\nno, more.";
    private const string Answer = "17 * 23 = 391.\nANSWER: 391";

    public static TheoryData<string, string, bool, SampleStatus> Texts => new()
    {
        { "think", $"<think>\n{Thought}\n</think>\n\n{Answer}", false, SampleStatus.Correct },
        { "opened in the prompt", $"{Thought}\n</think>\n\n{Answer}", false, SampleStatus.Correct },
        { "think, cut", $"<think>\n{Thought}", true, SampleStatus.Truncated },
        { "think, cut in a box", "<think>\nso \\boxed{5}", true, SampleStatus.Truncated },
        { "two thoughts", $"<think>{Thought}</think>\nLet me see.\n<think>{Thought}</think>{Answer}", false, SampleStatus.Correct },
        {
            "gpt-oss", $"<|channel|>analysis<|message|>{Thought}<|end|><|start|>assistant<|channel|>final<|message|>ANSWER: 391", false,
            SampleStatus.Correct
        },
        { "gpt-oss, cut", $"<|channel|>analysis<|message|>{Thought}", true, SampleStatus.Truncated },
        { "gpt-oss without special tokens", $"analysisWe need it. {Thought}assistantfinal{Answer}", false, SampleStatus.Correct },
        { "gpt-oss without special tokens, cut", $"analysisWe need it. {Thought}", true, SampleStatus.Truncated },
        { "Gemma 4", $"<|channel>thought\n{Thought}<channel|>{Answer}", false, SampleStatus.Correct },
        { "Gemma 4, cut", $"<|channel>thought\n{Thought}", true, SampleStatus.Truncated },
        { "Ministral", $"[THINK]{Thought}[/THINK]{Answer}", false, SampleStatus.Correct },
        { "Ministral, cut", $"[THINK]{Thought}", true, SampleStatus.Truncated },
        { "Seed", $"<seed:think>{Thought}</seed:think>{Answer}", false, SampleStatus.Correct },
        { "Seed, cut", $"<seed:think>{Thought}", true, SampleStatus.Truncated },
        {
            "Command A", $"<|START_THINKING|>{Thought}<|END_THINKING|><|START_RESPONSE|>{Answer}<|END_RESPONSE|>", false,
            SampleStatus.Correct
        },
        { "Kimi", $"◁think▷{Thought}◁/think▷{Answer}", false, SampleStatus.Correct },
        { "Apertus", $"<|inner_prefix|>{Thought}<|inner_suffix|>{Answer}", false, SampleStatus.Correct },
        { "Solar", $"<|think|>{Thought}<|end|><|begin|>assistant<|content|>{Answer}", false, SampleStatus.Correct },
        { "Solar, cut", $"<|think|>{Thought}", true, SampleStatus.Truncated },
        { "thought", $"<thought>{Thought}</thought>{Answer}", false, SampleStatus.Correct },
        { "thought, cut", $"<thought>{Thought}", true, SampleStatus.Truncated },
        { "Granite", $"<think>{Thought}</think>\n<response>ANSWER: 391</response>", false, SampleStatus.Correct },
        { "an answer in a tag", $"<think>{Thought}</think>\n<answer>391</answer>", false, SampleStatus.Correct },
        { "Kimi K3", $"<|open|>think<|sep|>{Thought}<|close|>think<|sep|><|open|>response<|sep|>{Answer}", false, SampleStatus.Correct },
        { "Hunyuan", $"<think:opensource>{Thought}</think:opensource>{Answer}", false, SampleStatus.Correct },
        { "Apriel", $"Here are my reasoning steps:\n{Thought}\n[BEGIN FINAL RESPONSE]\n{Answer}\n[END FINAL RESPONSE]", false,
            SampleStatus.Correct
        },
        { "MiniMax", $"<mm:think>{Thought}</mm:think>{Answer}", false, SampleStatus.Correct },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_thought_is_never_graded_and_a_cut_in_it_is_a_truncation(string family, string text, bool cut, SampleStatus expected) =>
        Assert.Equal((family, expected), (family, AnswerKinds.Integer.Grade(text, "391", cut).Status));
}
