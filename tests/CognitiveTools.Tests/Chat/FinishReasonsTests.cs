using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tests.Chat;

public sealed class FinishReasonsTests
{
    [Theory]
    [InlineData("length")]
    [InlineData("LENGTH")]
    [InlineData("max_tokens")]
    [InlineData("MAX_TOKENS")]
    [InlineData("MaxTokens")]
    [InlineData("model_length")]
    [InlineData("max_output_tokens")]
    [InlineData("FinishReason.MAX_TOKENS")]
    [InlineData("FINISH_REASON_MAX_TOKENS")]
    [InlineData("model_context_window_exceeded")]
    public void A_limit_is_known_by_every_name_that_servers_give_it(string reason)
    {
        Assert.True(FinishReasons.IsCut(reason));
        Assert.Equal(ChatFinishReason.Length, FinishReasons.Read(reason));
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("STOP", "stop")]
    [InlineData("eos", "stop")]
    [InlineData("end_turn", "stop")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("function_call", "tool_calls")]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("something new", "something new")]
    public void Other_ends_get_the_standard_name_or_keep_their_own(string reason, string expected)
    {
        Assert.False(FinishReasons.IsCut(reason));
        Assert.Equal(expected, FinishReasons.Read(reason)?.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void No_reason_is_no_cut(string? reason)
    {
        Assert.False(FinishReasons.IsCut(reason));
        Assert.Null(FinishReasons.Read(reason));
    }

    [Theory]
    [InlineData("error", true)]
    [InlineData("ABORT", true)]
    [InlineData("stop", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_text_that_the_server_gave_up_is_told_apart(string? reason, bool expected) =>
        Assert.Equal(expected, FinishReasons.IsFault(reason));
}
