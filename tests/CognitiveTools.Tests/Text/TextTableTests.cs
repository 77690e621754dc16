using System.Text;
using CognitiveTools.Text;
using CsCheck;

namespace CognitiveTools.Tests.Text;

public sealed class TextTableTests
{
    private static readonly string[][] Settings =
    [
        ["setting", "default", "meaning"],
        ["rule", "hidden", "how a hidden state becomes the next input: hidden, soft or switching, each with settings of its own"],
        ["steps", "8", "latent steps"],
    ];

    [Fact]
    public void A_table_of_words_is_as_wide_as_it_is_where_nothing_limits_it() => Assert.Equal(
        "  setting  default  meaning\n"
        + "  rule     hidden   how a hidden state becomes the next input: hidden, soft or switching, each with settings of its own\n"
        + "  steps    8        latent steps",
        TextTable.Words(Settings, TextWrap.Unlimited, "  "));

    [Fact]
    public void The_last_column_of_words_is_wrapped_first() => Assert.Equal(
        "  setting  default  meaning\n"
        + "  rule     hidden   how a hidden state becomes the\n"
        + "                    next input: hidden, soft or\n"
        + "                    switching, each with settings\n"
        + "                    of its own\n"
        + "  steps    8        latent steps",
        TextTable.Words(Settings, 50, "  "));

    [Fact]
    public void Columns_of_figures_that_do_not_fit_follow_as_a_further_table_with_the_first_column() => Assert.Equal(
        "arm     accuracy  interval\n"
        + "------  --------  --------\n"
        + "direct      12.5    [1, 2]\n"
        + "\n"
        + "arm     positions\n"
        + "------  ---------\n"
        + "direct        100\n",
        Figures(["arm", "accuracy", "interval", "positions"], [["direct", "12.5", "[1, 2]", "100"]], 30));

    [Fact]
    public void A_long_name_is_cut_behind_a_sign() => Assert.Equal(
        "arm                   n\n"
        + "--------------------  -\n"
        + "latent:rule=soft,     1\n"
        + "steps=8,width=4/\n"
        + "zeroed\n",
        Figures(["arm", "n"], [["latent:rule=soft,steps=8,width=4/zeroed", "1"]], 23));

    [Fact]
    public void Every_width_holds_every_line_and_every_word() => Gen.Select(
            Gen.String[Gen.Char["abc def,=/"], 0, 60].Array[3].Array[1, 5], Gen.Int[40, 120])
        .Sample((rows, width) =>
        {
            foreach (var text in (string[])[TextTable.Words(rows, width, "  "), Figures(["a", "b", "c"], rows, width)])
            {
                Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
                foreach (var column in Enumerable.Range(0, 3))
                    Assert.All(Letters(rows, column), letter => Assert.Contains(letter, text));
            }
        });

    [Fact]
    public void An_indented_line_keeps_its_indent_when_it_is_wrapped() =>
        Assert.Equal("short\n  one two\n  three", TextWrap.Block("short\n  one two three", 10));

    private static IEnumerable<char> Letters(string[][] rows, int column) =>
        rows.SelectMany(row => row[column]).Where(char.IsLetter).Distinct();

    private static string Figures(string[] columns, string[][] rows, int width)
    {
        var text = new StringBuilder();
        TextTable.Figures(text, columns, rows, width);
        return text.ToString();
    }
}
