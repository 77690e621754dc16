using System.Text.RegularExpressions;
using CoconutLoop;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Samples.Tests;

/// <summary>The loop to read is the loop that the library runs.</summary>
public sealed partial class CoconutLoopTests
{
    private const string Arm = "latent:steps=6,align=identity,prompt=latent,begin=<|start-latent|>,end=<|end-latent|>";

    [Theory]
    [InlineData("Find 3*4^2 mod 5.")]
    [InlineData("Find 2*3^4 mod 7.")]
    public async Task The_loop_thinks_and_answers_as_the_reasoner_does(string question)
    {
        await using var output = new StringWriter();
        await Coconut.RunAsync(question, output);
        var said = output.ToString();

        var reasoning = await ByReasonerAsync(question);
        var nearest = reasoning.Steps.OfType<Thought>().Select(thought => thought.Nearest[0].Text).ToArray();
        Assert.Equal(6, nearest.Length);
        Assert.Equal(nearest, Nearest().Matches(said).Select(match => match.Groups[1].Value));
        Assert.NotEmpty(reasoning.Answer.Trim());
        Assert.Contains($"answer: {reasoning.Answer.Trim()}\n", said.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static async Task<Reasoning> ByReasonerAsync(string question)
    {
        await using var services = new ServiceCollection()
            .AddLlama(model => model.Path = GettingStarted.Shipped.Model("mini-coconut"), GettingStarted.Shipped.OneThread)
            .AddCognitiveTools(tools => tools.Profile = "mini")
            .AddLatentReasoning()
            .BuildServiceProvider();
        var reasoner = services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(Arm));
        return await reasoner.SolveAsync(new Question("q1", question), SolveOptions.Default, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("nearest token '([^']*)'")]
    private static partial Regex Nearest();
}
