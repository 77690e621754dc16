using CognitiveTools.Latent.Elicitation;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Tests.Elicitation;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Tests.Solving;

/// <summary>Wherever the engine breaks down in a latent solve, the bill is what it had done.</summary>
public sealed class LatentBillTests
{
    private const int MostCalls = 100;

    [Theory]
    [InlineData("latent")]
    [InlineData("latent, three trajectories")]
    [InlineData("cot-decoding")]
    public async Task Every_position_is_on_the_bill_wherever_the_engine_breaks_down(string kind)
    {
        for (var call = 0; call < MostCalls; call++)
        {
            var model = new FaultyLatentModel(new FakeLatentModel { AnswerLength = 4 }, call);
            var reasoning = await Reasoner(kind, model)
                .SolveAsync(new Question("q1", "abca"), Solves.SixTokens, TestContext.Current.CancellationToken);
            Assert.Equal(model.Positions, reasoning.Usage.Positions);
            if (!model.HasFailed)
                return;
            Assert.Equal(StopReason.Failed, reasoning.Stop);
        }

        Assert.Fail("the solve makes more calls than were tried");
    }

    [Fact]
    public async Task The_text_of_a_verbal_answer_that_broke_off_is_kept()
    {
        var reasoning = await Reasoner("latent", new FaultyLatentModel(new FakeLatentModel { AnswerLength = 4 }, failingCall: 4))
            .SolveAsync(
            new Question("q1", "abca"), Solves.SixTokens, TestContext.Current.CancellationToken);
        Assert.Equal((StopReason.Failed, "abc"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(3, reasoning.Usage.Latent);
    }

    private static IReasoner Reasoner(string kind, FaultyLatentModel model) => kind switch
    {
        "latent" => new LatentReasoner(model, Solves.Norm, Solves.Setup(3)),
        "cot-decoding" => new CotDecoding(model, new LastLetter(),
            new CotDecodingOptions { Prompt = question => [new ChatMessage(ChatRole.User, question.Text)], Branches = 3 }),
        _ => new LatentReasoner(model, Solves.Norm, Solves.Setup(3) with { Width = 3, Choice = BranchChoice.Confidence }),
    };
}
