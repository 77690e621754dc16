using CognitiveTools.Prompts;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Hosting;

/// <summary>Finds wrong settings when the host starts, not at the first question.</summary>
internal sealed class CognitiveToolsOptionsValidator : IValidateOptions<CognitiveToolsOptions>
{
    public ValidateOptionsResult Validate(string? name, CognitiveToolsOptions options)
    {
        var failures = new List<string>();
        Try($"{CognitiveToolsOptions.Section}:{nameof(options.Profile)}", () => PromptProfile.Embedded(options.Profile), when: options.PromptsFolder is null);
        Try($"{CognitiveToolsOptions.Section}:{nameof(options.PromptsFolder)}", () => PromptProfile.Load(options.PromptsFolder!), when: options.PromptsFolder is not null);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Try(string key, Action load, bool when)
        {
            if (!when)
                return;
            try
            {
                load();
            }
            catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
            {
                failures.Add($"{key}: {e.Message}");
            }
        }
    }
}
