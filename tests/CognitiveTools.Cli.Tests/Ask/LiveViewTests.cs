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
