using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Tests.Sampling;

public sealed class GrammarTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_triggered_grammar_binds_from_its_trigger_on_even_when_a_token_reaches_beyond_it(int seed)
    {
        await using var engine = TestModels.Engine();
        var options = new GenerationOptions
        {
            MaxTokens = 400,
            Sampling = new() { Temperature = 3, Seed = seed, Grammar = "root ::= \"e\" \"!\" [0-9]", GrammarTrigger = "e" },
        };
        var result = await engine.GenerateAsync(TestModels.Prompt(6), options, Token);
        var trigger = result.Text.IndexOf('e', StringComparison.Ordinal);
        Assert.True(trigger >= 0 || result.Tokens.Count < 400, "a text this long holds the trigger unless the model ends its turn first");
        if (trigger >= 0)
            Assert.Matches("^e![0-9]$", result.Text[trigger..]);
    }

    [Fact]
    public async Task A_grammar_that_refuses_its_trigger_is_an_error_before_anything_runs()
    {
        await using var engine = TestModels.Engine();
        var options = new GenerationOptions { Sampling = new() { Grammar = "root ::= \"a\"", GrammarTrigger = "b" } };
        await Assert.ThrowsAsync<ArgumentException>(() => engine.GenerateAsync(TestModels.Prompt(6), options, Token));
        Assert.Equal(0, engine.Counters.Decodes);
    }
}
