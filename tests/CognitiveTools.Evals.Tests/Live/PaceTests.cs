using CognitiveTools.Evals.Live;

namespace CognitiveTools.Evals.Tests.Live;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Units_are_counted_from_the_start_of_the_session_while_it_is_young()
    {
        var pace = Of(everySeconds: 10, count: 6); // the last one finished after a minute

        Assert.Equal(6, pace.PerMinute(Start.AddMinutes(1), Start)!.Value, 6);
        Assert.Equal(3, pace.PerMinute(Start.AddMinutes(2), Start)!.Value, 6);
    }

    [Fact]
    public void Units_are_counted_over_the_last_five_minutes_of_an_older_session()
    {
        var pace = Of(everySeconds: 60, count: 60);

        // At the full hour: those of 11:55 to 12:00, both ends included.
        Assert.Equal(6 / 5.0, pace.PerMinute(Start.AddHours(1), Start)!.Value, 6);
    }

    [Fact]
    public void Units_of_earlier_sessions_say_nothing_of_this_one()
    {
        var pace = Of(everySeconds: 1, count: 60);

        Assert.Null(pace.PerMinute(Start.AddMinutes(3), Start.AddMinutes(2)));
    }

    [Fact]
    public void Without_a_unit_in_the_last_minutes_the_pace_is_unknown()
    {
        Assert.Null(new Pace().PerMinute(Start, Start));
        Assert.Null(Of(everySeconds: 1, count: 3).PerMinute(Start.AddHours(2), Start));
    }

    [Fact]
    public void Eight_units_at_a_time_are_seen_from_their_times()
    {
        var pace = new Pace();
        for (var i = 1; i <= 240; i++)
            pace.Add(Start.AddSeconds(i), ms: 8000); // one ends every second, and each takes eight

        Assert.Equal(8, pace.AtOnce(Start.AddSeconds(240), Start)!.Value, 6);
    }

    [Fact]
    public void A_log_without_times_has_no_pace()
    {
        var pace = new Pace();
        pace.Add(default, 10);

        Assert.Null(pace.PerMinute(Start, Start.AddMinutes(-1)));
    }

    private static Pace Of(int everySeconds, int count)
    {
        var pace = new Pace();
        for (var i = 1; i <= count; i++)
            pace.Add(Start.AddSeconds(i * everySeconds), ms: 1);
        return pace;
    }
}
