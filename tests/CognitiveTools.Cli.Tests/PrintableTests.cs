namespace CognitiveTools.Cli.Tests;

public sealed class PrintableTests
{
    [Fact]
    public void Escape_sequences_of_a_model_are_shown_not_obeyed() =>
        Assert.Equal("a\\x1b[2Jb\nc\td", Printable.Text("a\u001b[2Jb\r\nc\td"));

    [Fact]
    public void A_line_stays_a_line() => Assert.Equal("a\\nb\\tc", Printable.Line("a\nb\tc"));
}
