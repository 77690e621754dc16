using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace GettingStarted;

/// <summary>
/// Step 6: thoughts without words. Six hidden states are fed back as inputs before the answer is spoken, and once more with
/// every thought replaced by zeros, which is the control: what changes is what the thoughts carried. The model
/// <c>mini-coconut</c> was trained for this (Hao and others 2024, arXiv 2412.06769).
/// </summary>
internal static class Step6ReasonLatently
{
    private const string Arm = "latent:steps=6,align=identity,prompt=latent,begin=<|start-latent|>,end=<|end-latent|>";

    public static async Task RunAsync(TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddLlama(model => model.Path = Shipped.Model("mini-coconut"), Shipped.OneThread)
            .AddCognitiveTools(tools => tools.Profile = "mini")
            .AddLatentReasoning()
            .BuildServiceProvider();

        var question = new Question("q1", "Find 3*4^2 mod 5.");
        foreach (var arm in new[] { Arm, $"{Arm}/zeroed" })
        {
            var reasoner = services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm));
            var reasoning = await reasoner.SolveAsync(question, SolveOptions.Default);
            await output.WriteLineAsync(arm == Arm ? "thoughts as they are:" : "thoughts zeroed:");
            foreach (var thought in reasoning.Steps.OfType<Thought>())
            {
                var (text, probability) = thought.Nearest[0];
                await output.WriteLineAsync(FormattableString.Invariant(
                    $"  thought {thought.Index}: norm {thought.Norm:0.0}, nearest token '{text}' {probability:0.00}"));
            }

            await output.WriteLineAsync($"  answer: {reasoning.Answer.Trim()}");
            await output.WriteLineAsync($"  cost: {reasoning.Usage.Positions} positions, {reasoning.Usage.Latent} of them latent");
        }
    }
}
