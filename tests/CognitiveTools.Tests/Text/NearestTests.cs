using CognitiveTools.Text;

namespace CognitiveTools.Tests.Text;

public sealed class NearestTests
{
    private static readonly string[] Known = ["Model", "Llama:MaxSequences", "Llama:Threads", "ask", "eval", "tinyllama"];

    [Theory]
    [InlineData("Modle", "Model")]
    [InlineData("model", "Model")]
    [InlineData("Llama:MaxSequence", "Llama:MaxSequences")]
    [InlineData("LLAMA:THREAD", "Llama:Threads")]
    [InlineData("aks", "ask")]
    [InlineData("evla", "eval")]
    [InlineData("tinylama", "tinyllama")]
    [InlineData("Logging", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void A_misspelt_name_leads_to_the_nearest_one_and_another_word_to_none(string word, string? near) =>
        Assert.Equal(near, Nearest.Of(word, Known));

    [Fact]
    public void A_giant_word_costs_nothing() => Assert.Null(Nearest.Of(new string('M', 1_000_000), Known));
}
