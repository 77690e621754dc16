using CognitiveTools.Hosting;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Makes <c>pause</c> reasoners: the same token n times, then a verbal answer.</summary>
internal sealed class PauseReasonerFactory(ReasonerHost host) : IReasonerFactory
{
    // A model trained with pauses has the first; every vocabulary met so far has the second.
    private static readonly string[] DefaultTokens = ["<|pause|>", "."];

    public string Kind => "pause";

    public string Description =>
        $"The same token at every step, then a verbal answer: the control for latent reasoners of equal steps. Settings: token=TOKEN "
            + $"(<|pause|> if the model has it, else '.'), {LatentSettings.Help}.";

    public IReasoner Create(ReasonerSpec spec)
    {
        if (spec.Control is { } control)
        {
            throw new ArgumentException(
                $"Reasoner '{spec}': the control '{control}' replaces or removes what thoughts carry, and pause tokens carry nothing. "
                    + $"'pause' is itself a control: remove '/{control}' and compare it with 'direct' and with the latent reasoner of "
                    + "equal steps.");
        }

        var settings = new SettingsReader(spec);
        var model = host.Latent;
        var options = LatentSettings.Read(settings, spec, host, model);
        var token = PauseToken(settings.Text("token", ""), spec, model);
        settings.RefuseUnread();
        return new LatentReasoner(model, PauseRule.OfToken(token), options, host.Time);
    }

    private static int PauseToken(string named, ReasonerSpec spec, ILatentModel model)
    {
        if (named.Length > 0)
            return LatentSettings.Token(spec, model, "token", named);
        foreach (var text in DefaultTokens)
        {
            if (model.Tokenizer.Find(text) is { } token)
                return token;
        }

        throw new ArgumentException(
            $"Reasoner '{spec}': the model's vocabulary has neither '{string.Join("' nor '", DefaultTokens)}'. Name a token that it has "
                + "with token=TEXT.");
    }
}
