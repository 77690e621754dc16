using CognitiveTools.Latent.Elicitation;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Makes <c>cot-decoding</c> reasoners.</summary>
internal sealed class CotDecodingFactory(LatentParts parts) : IReasonerFactory
{
    public string Kind => "cot-decoding";

    public string Description =>
        "The k best first tokens, each continued greedily; the answer given with the largest margin is taken. Settings: k=1..64 (10), select=max|aggregate (max), prompt=NAME (direct), profile=NAME. Control: whole (the margin is the mean over the whole continuation).";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var model = parts.Model;
        var options = new CotDecodingOptions
        {
            Branches = settings.Int32("k", Math.Min(10, model.VocabularySize), 1, Math.Min(64, model.VocabularySize)),
            Selection = settings.Text("select", "max", "max", "aggregate") == "max" ? BranchSelection.Max : BranchSelection.Aggregate,
            OverWhole = spec.Control switch
            {
                null => false,
                "whole" => true,
                _ => throw new ArgumentException($"Arm '{spec}': there is no control '{spec.Control}'. Known: whole."),
            },
            Prompt = QuestionPrompt.Of(parts.Profile(settings.Text("profile", "")), settings.Text("prompt", "direct"), spec),
        };
        settings.RefuseUnread();
        return new CotDecoding(model, parts.Answers, options, parts.Time);
    }
}
