using System.Globalization;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.LLamaSharp.Tests;

/// <summary>LLamaSharp, alone in a process of its own, says what our engine must say of the same files.</summary>
public sealed class OracleTests
{
    [Fact]
    public async Task Tokens_and_logits_are_equal_to_the_bit()
    {
        const string text = "Ben has 12 pears. He gives 5 away. How many pears has Ben?";
        var (exitCode, lines) = await HostProcess.RunAsync("logits", text, TestContext.Current.CancellationToken);
        Assert.Equal(0, exitCode);
        var expected = Assert
            .Single(lines)
            .Split('|')
            .Select(static part => part.Split(' ').Select(static n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();

        using var model = LlamaModel.Load(new() { Path = HostProcess.Mini });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var sequence = engine.Begin();
        var tokens = model.Tokenizer.Encode(text);
        var logits = (await sequence.AppendAsync(expected[0], TestContext.Current.CancellationToken)).Logits;

        Assert.Equal(expected[0][^tokens.Length..], tokens);
        Assert.Equal(expected[1], logits.ToArray().Select(BitConverter.SingleToInt32Bits));
    }
}
