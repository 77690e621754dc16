using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Hosting;

/// <summary>Finds wrong settings when the host starts, not at the first question.</summary>
internal sealed class CognitiveToolsOptionsValidator : IValidateOptions<CognitiveToolsOptions>
{
    public ValidateOptionsResult Validate(string? name, CognitiveToolsOptions options)
    {
        var failures = new List<string>();
        if (options.PromptsFolder is null)
            Try(nameof(options.Profile), () => PromptProfile.Embedded(options.Profile));
        else
            Try(nameof(options.PromptsFolder), () => PromptProfile.Load(options.PromptsFolder));
        Try(nameof(options.ToolsFolder), () => options.LoadTools(withCode: false));
        if (failures.Count == 0 && options.ToolsFolder is not null)
            Try(nameof(options.ToolsFolder), () => options.LoadTools(withCode: false).Check(options.LoadPrompts()));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Try(string key, Action load)
        {
            try
            {
                load();
            }
            catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
            {
                failures.Add($"{CognitiveToolsOptions.Section}:{key}: {e.Message}");
            }
        }
    }
}
