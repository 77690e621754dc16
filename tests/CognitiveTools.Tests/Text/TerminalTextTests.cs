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

    [Theory]
    [InlineData(0x00ad)] // soft hyphen
    [InlineData(0x200b)] // zero-width space
    [InlineData(0x200d)] // zero-width joiner
    [InlineData(0x2060)] // word joiner
    [InlineData(0xfeff)] // byte order mark
    [InlineData(0x1d173)] // musical format character
    [InlineData(0xe0000)]
    [InlineData(0xe0041)] // tag A
    [InlineData(0xe007f)]
    public void Characters_that_cannot_be_seen_are_shown_in_a_name(int mark)
    {
        var invisible = char.ConvertFromUtf32(mark);

        var line = TerminalText.Line($"a{invisible}b");

        Assert.Equal($"a{string.Concat(invisible.Select(c => $"\\u{(int)c:x4}"))}b", line);
    }

    [Fact]
    public void Every_format_character_is_shown_in_a_line()
    {
        var hidden = Enumerable.Range(0, 0x110000).Where(System.Text.Rune.IsValid).Select(value => new System.Text.Rune(value))
            .Where(rune => System.Text.Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format).ToList();

        Assert.InRange(hidden.Count, 100, 1000);
        Assert.All(hidden, rune => Assert.StartsWith("\\u", TerminalText.Line(rune.ToString()), StringComparison.Ordinal));
    }

    [Fact]
    public void Joiners_that_scripts_and_emoji_need_stay_in_an_answer() =>
        Assert.Equal("می\u200cخواهم 👩\u200d💻", TerminalText.Block("می\u200cخواهم 👩\u200d💻"));

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
