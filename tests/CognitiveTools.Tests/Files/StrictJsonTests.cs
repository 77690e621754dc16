using CognitiveTools.Files;

namespace CognitiveTools.Tests.Files;

/// <summary>What is wrong with a JSON file is said in plain English, with file, line and column counted from 1.</summary>
public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("", "f.json:1:1: not valid JSON: there is no value.")]
    [InlineData("[1,\n2,]", "f.json:2:3: not valid JSON: a comma stands before a closing bracket. Remove the comma.")]
    [InlineData("{\"a\": 1,}", "f.json:1:9: not valid JSON: a comma stands before a closing bracket.")]
    [InlineData("{\"a\": [1", "not valid JSON: the text ends within a value.")]
    [InlineData("{\"a\": [1]", "not valid JSON: the text ends, and a bracket { or [ is still open.")]
    [InlineData("{\"a\": \"b", "not valid JSON: the text ends within a string.")]
    [InlineData("{\"a\": \"b\nc\"}", "not valid JSON: a line ends within a string. Write a line break in a string as \\n.")]
    [InlineData("{\n  \"a\": x\n}", "f.json:2:8: not valid JSON: 'x' is an invalid start of a value.")]
    [InlineData("{\"é€😀\": x}", "f.json:1:9: not valid JSON")]
    [InlineData("// a\n{}", "f.json:1:1: not valid JSON: JSON has no comments here.")]
    [InlineData("{'a': 1}", "f.json:1:2: not valid JSON")]
    [InlineData("[1] 2", "f.json:1:5: not valid JSON")]
    [InlineData("[tru]", "f.json:1:5: not valid JSON")]
    [InlineData("{\"a\": 1, \"a\": 2}", "f.json:1:10: the key 'a' is there twice. Keep one.")]
    [InlineData("[{},\n {\"b\": {\"é\": [],\"é\": 1}}]", "f.json:2:17: the key 'é' is there twice in [1].b. Keep one.")]
    public void A_fault_has_a_place_and_a_reason_in_plain_English(string text, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => StrictJson.Parse(text, "f.json"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.All(
            ["LineNumber", "BytePosition", "reader options", "isFinalBlock", "payload"],
            word => Assert.DoesNotContain(word, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Depth_is_limited_by_the_caller()
    {
        var text = new string('[', 100) + new string(']', 100);

        Assert.Contains(
            "nested too deeply", Assert.Throws<InvalidDataException>(() => StrictJson.Parse(text, "f")).Message, StringComparison.Ordinal);
        StrictJson.Parse(text, "f", mostDepth: 100).Dispose();
    }

    [Fact]
    public void A_row_of_a_file_has_the_number_of_its_line() => Assert.StartsWith(
        "rows.jsonl:7:2: ", Assert.Throws<InvalidDataException>(() => StrictJson.Parse("{x", "rows.jsonl", 7)).Message,
        StringComparison.Ordinal);
}
