using System.Text;
using CognitiveTools.OpenAI.Answers;

namespace CognitiveTools.OpenAI.Tests;

public sealed class AnswerBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_than_the_limit_is_refused_and_the_limit_itself_is_not()
    {
        await using var fits = new AnswerBody(new MemoryStream(new byte[1000]), limit: 1000);
        Assert.Equal(1000, (await fits.ReadToEndAsync(Token)).Length);
        await using var larger = new AnswerBody(new MemoryStream(new byte[1001]), limit: 1000);
        await Assert.ThrowsAsync<EndpointAnswerException>(() => larger.ReadToEndAsync(Token));
    }

    [Theory]
    [InlineData("  \r\n{\"a\":1}", "{\"a\":1}")]
    [InlineData("\ufeff data: x", "data: x")]
    [InlineData("", "")]
    public async Task The_first_character_is_looked_at_and_still_read(string text, string expected)
    {
        await using var body = new AnswerBody(new MemoryStream(Encoding.UTF8.GetBytes(text)), limit: 1000);
        Assert.Equal(expected.Length > 0 ? (byte)expected[0] : (byte)0, await body.PeekAsync(Token));
        Assert.Equal(expected, await body.ReadToEndAsync(Token));
    }
}
