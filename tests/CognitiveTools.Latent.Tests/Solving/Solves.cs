using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Tests.Solving;

/// <summary>Short ways to solve with the fake model.</summary>
internal static class Solves
{
    public static HiddenFeedback Norm { get; } = new(Alignment.Norm);

    public static SolveOptions SixTokens { get; } = new() { Budget = new Budget { TokensPerTurn = 6 } };

    public static LatentReasonerOptions Setup(int steps, int[]? begin = null, int[]? end = null) => new()
    {
        Prompt = question => [new ChatMessage(ChatRole.User, question.Text)],
        Steps = steps,
        BeginTokens = begin ?? [],
        EndTokens = end ?? [],
    };

    public static Task<Reasoning> SolveAsync(
        FakeLatentModel model,
        IThoughtRule rule,
        int steps,
        SolveOptions? options = null,
        string text = "abc",
        string id = "q1",
        int[]? begin = null,
        int[]? end = null) =>
        new LatentReasoner(model, rule, Setup(steps, begin, end)).SolveAsync(
            new Question(id, text), options ?? SixTokens, TestContext.Current.CancellationToken);
}
