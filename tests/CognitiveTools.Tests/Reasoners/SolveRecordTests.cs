using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Tests.Reasoners;

public sealed class SolveRecordTests
{
    [Theory]
    [InlineData(GenerationEnd.EndOfTurn, 100, StopReason.Completed, null)]
    [InlineData(GenerationEnd.StopSequence, 100, StopReason.Completed, null)]
    [InlineData(GenerationEnd.TokenLimit, 100, StopReason.TokenLimit, "tokensPerTurn")]
    [InlineData(GenerationEnd.TokenLimit, 99, StopReason.TokenLimit, "positions")]
    [InlineData(GenerationEnd.ContextFull, 100, StopReason.ContextFull, "context")]
    [InlineData(GenerationEnd.TimedOut, 100, StopReason.TimedOut, "wallTime")]
    [InlineData(GenerationEnd.Failed, 100, StopReason.Failed, null)]
    public void A_generation_s_end_gives_the_solve_s_end_and_the_limit_that_was_hit(GenerationEnd end, int tokens, StopReason stop, string? limit)
    {
        var record = New();
        Assert.Equal(stop, record.StopOf(end, tokens));
        Assert.Equal(limit is null ? [] : [limit], record.Limits);
    }

    [Fact]
    public void Every_end_of_a_generation_is_mapped_and_only_a_failure_fails() =>
        Assert.All(Enum.GetValues<GenerationEnd>(), end => Assert.Equal(end == GenerationEnd.Failed, New().StopOf(end, 1) == StopReason.Failed));

    [Fact]
    public void Limits_and_notes_are_kept_once_and_overspending_is_a_limit()
    {
        var record = New();
        record.LimitOverspending();
        Assert.Empty(record.Limits);
        record.Usage = new Usage { Prompt = 1_001 };
        record.LimitOverspending();
        record.Limit("positions");
        record.Note("a note");
        record.Note("a note");
        var reasoning = record.Close(StopReason.Completed);
        Assert.Equal(["positions"], reasoning.LimitsHit);
        Assert.Equal(["a note"], reasoning.Notes);
        Assert.Equal(-1, record.Remaining);
    }

    private static SolveRecord New() =>
        new(new SolveOptions { Budget = new Budget { Positions = 1_000, TokensPerTurn = 100 } }, TimeProvider.System);
}
