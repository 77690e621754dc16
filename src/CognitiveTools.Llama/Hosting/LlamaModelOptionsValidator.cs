using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Thoughts;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Hosting;

/// <summary>Reports missing model files when the host starts, not at the first request.</summary>
internal sealed class LlamaModelOptionsValidator : IValidateOptions<LlamaModelOptions>
{
    public ValidateOptionsResult Validate(string? name, LlamaModelOptions options)
    {
        string[] problems =
        [
            .. Missing(
                nameof(options.Path), options.Path,
                "Correct the path, or fetch a model with `cogtools models get NAME`; `cogtools models path NAME` prints its path."),
            .. Missing(nameof(options.Lora), options.Lora, "Correct the path."),
            .. options.ThoughtFormat is { } format && ThoughtStyle.Named(format) is null
                ? [$"{LlamaSection.Name}:{ThoughtStyle.Unknown(format)}"]
                : (string[])[],
            .. options.TemplateVariables.Keys.Select(ChatVariables.ProblemOf).OfType<string>()
                .Select(static problem => $"{LlamaSection.Name}:{nameof(options.TemplateVariables)}: {problem}"),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Missing(string option, string? path, string remedy) => path is { Length: > 0 } && !File.Exists(path)
        ? [$"{LlamaSection.Name}:{option} is '{path}', and there is no file {Path.GetFullPath(path)}. {remedy}"]
        : [];
}
