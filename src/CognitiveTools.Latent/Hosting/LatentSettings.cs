using CognitiveTools.Hosting;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;

namespace CognitiveTools.Latent.Hosting;

/// <summary>The settings that every latent reasoner takes.</summary>
internal static class LatentSettings
{
    public const string Help = "steps=1..32768 (6), prompt=NAME (direct), profile=NAME, begin=TOKEN, end=TOKEN, tool=NAME (think in the "
        + "isolated context of that cognitive tool)";

    public static LatentReasonerOptions Read(SettingsReader settings, ReasonerSpec spec, ReasonerHost host, ILatentModel model)
    {
        var steps = settings.Int32("steps", 6, 1, 32_768);
        var profileName = settings.Text("profile", "");
        var profile = host.Profile(profileName);
        var prompt = settings.Text("prompt", "direct");
        return new LatentReasonerOptions
        {
            Prompt = QuestionPrompt.Of(profile, prompt, spec),
            Steps = steps,
            BeginTokens = Marker(settings, spec, model, "begin"),
            EndTokens = Marker(settings, spec, model, "end"),
            Call = settings.Text("tool", "") is { Length: > 0 } tool ? Call(spec, profile, host.Tools(profileName), tool) : null,
        };
    }

    /// <summary>The token of that text; <c>\n</c> is a line break, which the short form of a spec cannot hold, unless the vocabulary spells
    /// a token so.</summary>
    /// <exception cref="ArgumentException">The vocabulary has none.</exception>
    public static int Token(ReasonerSpec spec, ILatentModel model, string setting, string text) =>
        model.Tokenizer.Find(text) ?? model.Tokenizer.Find(text.Replace(@"\n", "\n", StringComparison.Ordinal))
            ?? throw new ArgumentException(
            $"Reasoner '{spec}': the model's vocabulary has no token '{text}' for '{setting}'. Name one that it has, spelt as in the "
                + "vocabulary.");

    private static LatentCall Call(ReasonerSpec spec, PromptProfile profile, ToolCatalog tools, string name)
    {
        var tool = tools.Find(name)
            ?? throw new ArgumentException(
                $"Reasoner '{spec}': there is no tool '{name}'. Known: {string.Join(", ", tools.Tools.Select(t => t.Name))}.");
        if (tool.Runs is not null)
            throw new ArgumentException($"Reasoner '{spec}': '{name}' runs a program, which has to be written in words.");
        if (tool.Parameters.FirstOrDefault(p => p is { IsQuestion: false, IsRequired: true }) is { } missing)
            throw new ArgumentException(
                $"Reasoner '{spec}': '{name}' needs the argument '{missing.Name}', and a latent call gives the question only. Name a tool "
                + "that needs no more, for instance understand_question.");
        ToolCatalog.Check(tool, profile);
        return new LatentCall(name, question => profile.Render(
            tool.Prompt,
                tool.Parameters.ToDictionary(p => p.Name, p => p.IsQuestion ? question.Text : p.Default!, StringComparer.Ordinal)));
    }

    private static int[] Marker(SettingsReader settings, ReasonerSpec spec, ILatentModel model, string setting) =>
        settings.Text(setting, "") is { Length: > 0 } text ? [Token(spec, model, setting, text)] : [];
}
