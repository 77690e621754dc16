using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Refuses a chat template or template variables that are given and cannot be used, before anything runs.</summary>
internal static class TemplateCheck
{
    private const string Template = "Llama:ChatTemplate", Variables = "Llama:TemplateVariables";

    /// <summary>Whether the settings change how conversations are rendered; a model's own template is left to the reasoners.</summary>
    public static bool IsNeeded(LlamaModelOptions options) => options.ChatTemplate is not null || options.TemplateVariables.Count > 0;

    /// <exception cref="ArgumentException">A plain message of a user cannot be rendered.</exception>
    public static void Require(ModelFacts model, LlamaModelOptions options, OptionNames names)
    {
        // Variables do no harm to a model without a usable template, which may reason without one.
        if (model.ChatProblem is not { } problem || options.ChatTemplate is null && model.Template is null)
            return;
        throw new ArgumentException(
            options.ChatTemplate is null ? $"{Variables}: {problem}"
            : options.TemplateVariables.Count == 0 ? names.In($"{Template}: {problem}")
            : problem);
    }
}
