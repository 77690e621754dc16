using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Llama.Tests.Workers;

/// <summary>When a worker is asked for a ping, and when it is given up: counted in ticks of a clock that the test moves.</summary>
public sealed class WorkerWatchdogTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private bool _isAwaited = true;
    private int _pings, _ends;

    [Fact]
    public async Task No_ping_is_sent_while_no_call_waits()
    {
        _isAwaited = false;
        await using var watch = Watch();

        Tick(100);

        Assert.Equal((0, 0), (_pings, _ends));
    }

    [Fact]
    public async Task One_ping_is_sent_in_a_quiet_time_and_its_answer_begins_another_one()
    {
        await using var watch = Watch();

        Tick(WorkerWatchdog.TicksPerTimeout);
        Assert.Equal((1, 0), (_pings, _ends));

        watch.NoteFrame();
        Tick(1); // it has answered
        Tick(1);
        Assert.Equal((2, 0), (_pings, _ends));
    }

    [Fact]
    public async Task A_worker_that_answers_every_ping_is_never_given_up()
    {
        await using var watch = Watch(answers: true);

        Tick(1000);

        Assert.Equal((500, 0), (_pings, _ends));
    }

    [Fact]
    public async Task Frames_take_the_place_of_pings()
    {
        await using var watch = Watch();

        for (var i = 0; i < 100; i++)
        {
            watch.NoteFrame();
            Tick(1);
        }

        Assert.Equal((0, 0), (_pings, _ends));
    }

    [Fact]
    public async Task A_ping_without_an_answer_for_the_whole_time_ends_the_worker_once()
    {
        await using var watch = Watch();

        Tick(1);
        _time.Advance(Timeout - TimeSpan.FromTicks(1));
        Assert.Equal((1, 0), (_pings, _ends));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((1, 1), (_pings, _ends));

        Tick(100);
        Assert.Equal((1, 1), (_pings, _ends));
    }

    [Fact]
    public async Task Calls_that_end_in_time_end_the_count()
    {
        await using var watch = Watch();

        for (var i = 0; i < 10; i++)
        {
            _isAwaited = true;
            Tick(WorkerWatchdog.TicksPerTimeout);
            _isAwaited = false;
            Tick(1);
        }

        Assert.Equal((10, 0), (_pings, _ends));
    }

    private WorkerWatchdog Watch(bool answers = false)
    {
        WorkerWatchdog? watch = null;
        watch = new(_time, Timeout, () => _isAwaited, Ping, () => _ends++);
        return watch;

        void Ping()
        {
            _pings++;
            if (answers)
                watch!.NoteFrame();
        }
    }

    private void Tick(int count)
    {
        for (var i = 0; i < count; i++)
            _time.Advance(Timeout / WorkerWatchdog.TicksPerTimeout);
    }
}
