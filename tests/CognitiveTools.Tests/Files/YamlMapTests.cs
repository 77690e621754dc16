using CognitiveTools.Files;
using CognitiveTools.Tools;
using CsCheck;

namespace CognitiveTools.Tests.Files;

public sealed class YamlMapTests
{
    [Theory]
    [InlineData("? &a [*a]\n: 1\n", "anchors")]
    [InlineData("a: &x 1\nb: *x\n", "anchors")]
    [InlineData("a: *x\n", "anchors")]
    [InlineData("<<: *x\n", "anchors")]
    public void Anchors_and_aliases_are_refused_wherever_they_stand(string text, string complaint) =>
        Assert.Contains(complaint, Refused(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("arms: ", "[")]
    [InlineData("", "{a: ")]
    [InlineData("arms:\n", "- ")]
    [InlineData("", "? ")]
    public void A_document_of_any_depth_is_refused_and_ends_no_process(string beginning, string level) =>
        Assert.Contains("levels deep", Refused(beginning + string.Concat(Enumerable.Repeat(level, 100_000))),
            StringComparison.Ordinal);

    [Fact]
    public void A_document_of_too_many_values_is_refused() =>
        Assert.Contains("values", Refused("a: [" + string.Concat(Enumerable.Repeat("1,", 300_000)) + "1]"), StringComparison.Ordinal);

    [Fact]
    public void A_text_beyond_the_limit_is_refused_before_it_is_parsed() =>
        Assert.Contains("longer than 4 MiB", Refused("a: " + new string('x', (4 << 20) + 1)), StringComparison.Ordinal);

    [Theory]
    [InlineData("1e300")]
    [InlineData("1e12")]
    [InlineData("NaN")]
    [InlineData(".nan")]
    [InlineData("-1")]
    [InlineData("Infinity")]
    [InlineData("2592001")]
    public void A_time_out_of_range_is_refused_with_line_and_key(string value)
    {
        var map = YamlMap.Read($"# first\nwait: {value}\n", "x.yaml", "thing");

        Assert.StartsWith("x.yaml:2: wait: ", Assert.Throws<InvalidDataException>(() => map.Seconds("wait", 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_key_or_value_is_cut_in_the_message()
    {
        var map = YamlMap.Read($"{new string('k', 900)}: 1\nn: {new string('9', 900)}\n", "x.yaml", "thing");

        Assert.True(Assert.Throws<InvalidDataException>(() => map.Allow("n")).Message.Length < 400);
        Assert.True(Assert.Throws<InvalidDataException>(() => map.Whole("n", 0)).Message.Length < 400);
    }

    [Fact]
    public void Damaged_tool_files_give_no_exception_but_the_documented_one() =>
        Gen.OneOf([.. ToolFiles().Select(TextMutations.Of)]).Sample(
        text =>
        {
            try
            {
                ToolFile.Parse(text, "examine_answer.yaml");
            }
            catch (InvalidDataException)
            {
                // documented
            }
        },
        iter: 2000);

    private static IEnumerable<string> ToolFiles() =>
        DataFiles.Embedded("tools/").Where(file => file.Name.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(file => file.Text("tools"));

    private static string Refused(string text) => Assert.Throws<InvalidDataException>(() => YamlMap.Read(text, "x.yaml", "thing")).Message;

    [Fact]
    public void A_key_with_a_tag_is_the_key_without_it()
    {
        var map = YamlMap.Read("!x name: a", "test.yaml", "thing");

        Assert.Equal(["name"], map.Keys);
        Assert.Equal("a", map.Required("name"));
    }

    [Fact]
    public void A_key_that_differs_from_another_by_its_tag_alone_is_refused() => Assert.Equal(
        "test.yaml:2: name: appears twice. Keep one of the two.",
        Assert.Throws<InvalidDataException>(() => YamlMap.Read("name: a\n!x name: b", "test.yaml", "thing")).Message);

    [Fact]
    public void A_key_that_is_a_list_is_refused() => Assert.Contains(
        "a key must be a text",
        Assert.Throws<InvalidDataException>(() => YamlMap.Read("[a]: b", "test.yaml", "thing")).Message,
        StringComparison.Ordinal);
}
