using CognitiveTools.Hosting;
using CognitiveTools.Latent.Elicitation;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Makes <c>cot-decoding</c> reasoners.</summary>
internal sealed class CotDecodingFactory(ReasonerHost host) : IReasonerFactory
{
    private const string ReaderRemedy =
        "cot-decoding needs an ILocatingAnswerReader: register one, for instance by services.AddCognitiveToolsEvals().";

    public string Kind => "cot-decoding";

    public string Description =>
        "The k best first tokens, each continued greedily; the answer given with the largest margin is taken. Settings: k=1..64 (10), "
            + "select=max|aggregate (max), prompt=NAME (direct), profile=NAME. Control: whole (the margin is the mean over the whole "
            + "continuation).";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var model = host.Latent;
        var options = new CotDecodingOptions
        {
            Branches = settings.Int32("k", Math.Min(10, model.VocabularySize), 1, Math.Min(64, model.VocabularySize)),
            Selection = settings.Text("select", "max", "max", "aggregate") == "max" ? BranchSelection.Max : BranchSelection.Aggregate,
            OverWhole = spec.Control switch
            {
                null => false,
                "whole" => true,
                _ => throw new ArgumentException($"Reasoner '{spec}': there is no control '{spec.Control}'. Known: whole."),
            },
            Prompt = QuestionPrompt.Of(host.Profile(settings.Text("profile", "")), settings.Text("prompt", "direct"), spec),
        };
        settings.RefuseUnread();
        return new CotDecoding(model, Locating(host.Required<IAnswerReader>(ReaderRemedy)), options, host.Time);
    }

    private static ILocatingAnswerReader Locating(IAnswerReader reader) =>
        reader as ILocatingAnswerReader ?? throw new InvalidOperationException(
        $"The answer reader {reader.GetType().Name} cannot say where an answer is in a text. {ReaderRemedy}");
}
