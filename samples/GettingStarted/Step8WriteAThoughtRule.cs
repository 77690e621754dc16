using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GettingStarted;

/// <summary>Step 8: a latent method of your own is a rule that makes each next input; a factory gives it a name and settings.</summary>
internal static class Step8WriteAThoughtRule
{
    public static async Task RunAsync(TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddLlama(model => model.Path = Shipped.Model("mini-coconut"), Shipped.OneThread)
            .AddCognitiveTools(tools => tools.Profile = "mini")
            .AddSingleton<IReasonerFactory, SmoothedFactory>()
            .BuildServiceProvider();
        foreach (var arm in new[] { "smoothed:keep=0", "smoothed:keep=0.5" })
        {
            var reasoner = services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm));
            var reasoning = await reasoner.SolveAsync(new Question("q1", "Find 3*4^2 mod 5."), SolveOptions.Default);
            var norms = reasoning.Steps.OfType<Thought>().Select(thought => FormattableString.Invariant($"{thought.Norm:0.00}"));
            await output.WriteLineAsync($"{arm}: norms {string.Join(' ', norms)}; answer: {reasoning.Answer.Trim()}");
        }
    }

    private sealed class SmoothedFactory(ILatentModel model, PromptProfile prompts) : IReasonerFactory
    {
        public string Kind => "smoothed";
        public string Description => "Feeds a running mean of the hidden states. Setting: keep=0..1 (0.5), the share of the old mean.";
        public IReasoner Create(ReasonerSpec spec)
        {
            var settings = new SettingsReader(spec);
            var rule = new Smoothed(settings.Single("keep", 0.5f, 0, 1));
            settings.RefuseUnread();
            var (begin, end) = (Mark("start"), Mark("end"));
            return new LatentReasoner(model, rule, new() { Prompt = Ask, Steps = 6, BeginTokens = begin, EndTokens = end });
        }

        private IReadOnlyList<ChatMessage> Ask(Question question) =>
            prompts.Render("latent", new Dictionary<string, string> { ["question"] = question.Text });

        private int[] Mark(string place) => [model.Tokenizer.Find($"<|{place}-latent|>")!.Value];
    }

    private sealed class Smoothed(float keep) : IThoughtRule, IThoughtState
    {
        private float[]? _mean; // null in the rule, the mean so far in the state of one solve
        public bool FeedsEmbeddings => true;
        public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken _ = default) => new(new Smoothed(keep));
        public ThoughtInput Next(in Prediction prediction)
        {
            var hidden = prediction.Hidden.ToArray();
            _mean = _mean is null ? hidden : [.. hidden.Zip(_mean, (now, old) => ((1 - keep) * now) + (keep * old))];
            return ThoughtInput.OfEmbedding(_mean);
        }
    }
}
