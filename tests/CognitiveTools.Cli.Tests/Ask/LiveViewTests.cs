using CognitiveTools.Cli.Ask;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Cli.Tests.Ask;

public sealed class LiveViewTests
{
    [Fact]
    public void Text_comes_as_it_is_generated_and_its_step_does_not_repeat_it()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var view = new LiveView(output, trace: null, new FakeTimeProvider()))
        {
            view.Report(new TextPiece("hm", IsThought: true));
            view.Report(new TextPiece("The sum ", IsThought: false));
            view.Report(new TextPiece("is 4.", IsThought: false));
            view.Report(new Said("The sum is 4."));
            view.Report(new Called("examine_answer", "{}", "Answered", "fine") { Usage = new Usage { ToolPrompt = 3 } });
        }

        Assert.Equal("(thinking) hm\nThe sum is 4.\n-- examine_answer: Answered, 3 positions\n", output.ToString());
    }

    [Fact]
    public void With_a_trace_the_turns_are_numbered_and_calls_shown_whole()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var view = new LiveView(output, new TraceView(output), new FakeTimeProvider()))
        {
            view.Report(new TextPiece("Let me see.", IsThought: false));
            view.Report(new Said("Let me see."));
            view.Report(new Called("examine_answer", "{}", "Answered", "fine"));
            view.Report(new Said("ANSWER: 4"));
        }

        Assert.Equal(
            "turn 1\nLet me see.\n| call examine_answer {}\n| | Answered, 0 positions\n| | | fine\nturn 2\n| ANSWER: 4\n",
            output.ToString());
    }

    [Fact]
    public void Control_characters_of_the_model_are_shown_and_not_obeyed()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var view = new LiveView(output, trace: null, new FakeTimeProvider()))
            view.Report(new TextPiece("\u001b[2Jx", IsThought: false));
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    [Fact]
    public void Thoughts_are_dim_on_a_terminal_and_apart_from_the_answer()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var view = new LiveView(new TerminalWriter(output), trace: null, new FakeTimeProvider(), dims: true))
        {
            view.Report(new TextPiece("hm\u001b[2J", IsThought: true));
            view.Report(new TextPiece("4", IsThought: false) { IsAnswer = true });
        }

        Assert.Equal("\u001b[2m(thinking) hm\\u001b[2J\u001b[22m\n4\n", output.ToString());
    }

    [Fact]
    public void Samples_at_the_same_time_are_told_apart_line_by_line()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var view = new LiveView(output, trace: null, new FakeTimeProvider()))
        {
            view.Report(new TextPiece("One", IsThought: false) { Sample = 0 });
            view.Report(new TextPiece("Two.\nAN", IsThought: false) { Sample = 1 });
            view.Report(new TextPiece(" and.\n", IsThought: false) { Sample = 0 });
            view.Report(new TextPiece("SWER: 4", IsThought: false) { Sample = 1 });
        }

        Assert.Equal("[2] Two.\n[1] One and.\n[2] ANSWER: 4\n", output.ToString());
    }

    [Fact]
    public void When_nothing_comes_for_long_a_line_says_that_it_works()
    {
        var (output, time) = (new StringWriter { NewLine = "\n" }, new FakeTimeProvider());
        using var view = new LiveView(output, trace: null, time);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("", output.ToString());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("-- working, 10 s\n", output.ToString());
    }
}
