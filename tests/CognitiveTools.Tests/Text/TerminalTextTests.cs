using System.Text.Json;
using CognitiveTools.Text;
using CsCheck;

namespace CognitiveTools.Tests.Text;

public sealed class TerminalTextTests
{
    [Fact]
    public void Escape_sequences_of_a_model_are_shown_not_obeyed() =>
        Assert.Equal("a\\u001b[2Jb\nc\td", TerminalText.Block("a\u001b[2Jb\r\nc\td"));

    [Fact]
    public void A_line_stays_a_line() => Assert.Equal("a\\nb\\tc\\rd\\u2028e", TerminalText.Line("a\nb\tc\rd\u2028e"));

    [Theory]
    [InlineData('\u202e')]
    [InlineData('\u2066')]
    [InlineData('\u200f')]
    [InlineData('\u009b')]
    [InlineData('\u007f')]
    [InlineData('\0')]
    public void Characters_that_turn_or_steer_the_line_are_shown(char mark) =>
        Assert.Equal($"a\\u{(int)mark:x4}b", TerminalText.Line($"a{mark}b"));

    [Fact]
    public void Ordinary_text_of_any_script_stays_as_it_is() =>
        Assert.Equal("Größe 数 ע 😀 \\frac12", TerminalText.Line("Größe 数 ע 😀 \\frac12"));

    [Fact]
    public void A_long_value_is_cut_and_says_its_length()
    {
        Assert.Equal("short", TerminalText.Excerpt("short"));
        Assert.Equal($"{new string('x', 120)}... (50,000 characters)", TerminalText.Excerpt(new string('x', 50_000)));
        Assert.Equal("a... (3 characters)", TerminalText.Excerpt("a😀", 2));
    }

    [Fact]
    public void Printed_JSON_stays_the_same_JSON() => Gen.String.Sample(text =>
    {
        var json = JsonSerializer.Serialize(text, JsonSerializerOptions.Default);
        Assert.Equal(JsonSerializer.Deserialize<string>(json), JsonSerializer.Deserialize<string>(TerminalText.Block(json)));
    });
}
