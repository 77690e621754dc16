using CognitiveTools.Llama.Steering;

namespace CognitiveTools.Llama.Tests.Steering;

public sealed class ContrastFileTests
{
    [Fact]
    public void Sides_are_texts_or_conversations()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("pairs.jsonl"), """
            {"positive": "Think first.", "negative": "Answer."}

            {"positive": [{"role": "system", "content": "cot"}, {"role": "user", "content": "2+2"}], "negative": "2+2"}
            """);

        var pairs = ContrastFile.Read(folder.File("pairs.jsonl"));

        Assert.Equal(2, pairs.Count);
        Assert.Equal(("user", "Think first."), (pairs[0].Positive[0].Role.Value, pairs[0].Positive[0].Text));
        Assert.Equal(["system", "user"], pairs[1].Positive.Select(m => m.Role.Value));
    }

    [Theory]
    [InlineData("""{"positive": "a"}""", ":1: 'negative' is missing")]
    [InlineData(
        "{\"positive\": \"a\", \"negative\": \"b\"}\n{\"positive\": 3, \"negative\": \"b\"}", ":2: 'positive' must be a text or a list")]
    [InlineData("""{"positive": [{"role": "oracle", "content": "a"}], "negative": "b"}""", "role 'oracle'")]
    [InlineData("""{"positive": [{"role": "user"}], "negative": "b"}""", "without the text 'content'")]
    [InlineData("not json", ":1:2: not valid JSON")]
    [InlineData("", "holds no pairs")]
    public void A_wrong_line_is_refused_by_file_line_and_key(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("pairs.jsonl"), text);
        Assert.Contains(
            reason, Assert.Throws<InvalidDataException>(() => ContrastFile.Read(folder.File("pairs.jsonl"))).Message,
            StringComparison.Ordinal);
    }
}
