using CognitiveTools.Hosting;
using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Heima;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Makes <c>heima</c> reasoners.</summary>
internal sealed class HeimaReasonerFactory(ReasonerHost host) : IReasonerFactory
{
    // The settings that name the thinking tokens, in the order of the stages.
    private static readonly string[] Stages = ["restate", "work", "check"];

    public string Kind => "heima";

    public string Description =>
        "One thinking token for each stage of a solution, then the answer; an interpreter writes out what each of them holds.";

    public IReadOnlyList<ReasonerSetting> Settings { get; } =
    [
        new("interpret", "on", "whether thoughts are written out after the answer: on, off"),
        new("state", "all", "what they are read from: own (hidden state), none (control: no state), other (control: another "
            + "question's), all"),
        .. Stages.Select(static stage => new ReasonerSetting(stage, Default(stage), "thinking token of the stage")),
        CommonSettings.Prompt with { Default = "latent" },
        new("reader", "interpret", "name of the interpreter's prompt in the profile"),
        CommonSettings.Profile,
    ];

    public IReasoner Create(ReasonerSpec spec)
    {
        if (spec.Control is { } control)
            throw new ArgumentException(
                $"Reasoner '{spec}': there is no control '{control}'. The controls of the interpreter are state=none and state=other; "
                + "those of the answer are direct and cot.");
        var settings = new SettingsReader(spec);
        var model = host.Latent;
        int[] tokens = [.. Stages.Select(stage => Token(spec, model, stage, settings.Text(stage, Default(stage))))];
        var profile = host.Profile(settings.Text("profile", ""));
        var interprets = settings.Text("interpret", "on", "on", "off") == "on";
        HeimaState[] readings = settings.Text("state", "all", "own", "none", "other", "all") switch
        {
            "own" => [HeimaState.Own],
            "none" => [HeimaState.None],
            "other" => [HeimaState.Other],
            _ => [HeimaState.Own, HeimaState.None, HeimaState.Other],
        };
        var options = new HeimaOptions
        {
            Prompt = QuestionPrompt.Of(profile, settings.Text("prompt", "latent"), spec),
            Interpreter = QuestionPrompt.Of(profile, settings.Text("reader", "interpret"), spec),
            Tokens = tokens,
            Readings = interprets ? readings : [],
            Donors = interprets && readings.Contains(HeimaState.Other) ? new DonorQuestions(host.Donors) : null,
        };
        settings.RefuseUnread();
        return new HeimaReasoner(model, options, host.Time);
    }

    private static string Default(string stage) => $"<|{stage}|>";

    private static int Token(ReasonerSpec spec, ILatentModel model, string stage, string text) => model.Tokenizer.Find(text)
        ?? throw new ArgumentException(
            $"Reasoner '{spec}': the model has no thinking token '{text}'. Use a model that was trained with such tokens "
            + $"(docs/methods/heima.md), or name the model's own with {string.Join(", ", Stages.Select(static one => $"{one}=TOKEN"))}.");
}
