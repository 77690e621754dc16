using CognitiveTools.Hosting;
using CognitiveTools.Llama.Models;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Hosting;

/// <summary>Reports that a model of the catalog, identified by its content, is used with prompts that it was not trained on.</summary>
internal sealed class ProfileAdvice(IOptions<LlamaModelOptions> model, IOptions<CognitiveToolsOptions> tools) : IModelAdvice
{
    private readonly Lazy<string?> _note = new(() => model.Value.Path is { } path ? ModelProfile.ProblemOf(path, tools.Value) : null);

    public string? Note => _note.Value;
}
