using CognitiveTools.Files;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Latent.Hosting;

/// <summary>
/// What the factories take from the host. Resolved when a reasoner is made, so that a host without a latent model can
/// still list the catalog and use the other reasoners.
/// </summary>
internal sealed class LatentParts(IServiceProvider services)
{
    public const string ModelKey = "latent";

    public TimeProvider Time => services.GetService<TimeProvider>() ?? TimeProvider.System;

    public IEnumerable<Question> Donors => Options.Donors;

    public string AlignmentFolder => Options.AlignmentFolder ?? CacheFolder.Of("alignments");

    public IAnswerReader AnswerReader => services.GetService<IAnswerReader>() ?? throw new InvalidOperationException(
        "No IAnswerReader is registered, and choose=vote compares answers. Register one, for instance by services.AddCognitiveToolsEvals(), or set choose=confidence.");

    public ILatentModel Model => services.GetKeyedService<ILatentModel>(ModelKey)
        ?? services.GetService<ILatentModel>()
        ?? throw new InvalidOperationException(
            $"No latent model is registered. Register an ILatentModel, under the key '{ModelKey}' or without one; a chat client over the network cannot serve, because it hides the hidden states.");

    public ILocatingAnswerReader Answers => services.GetService<IAnswerReader>() as ILocatingAnswerReader
        ?? throw new InvalidOperationException(
            "No answer reader is registered that can say where an answer stands. Register one, for instance by services.AddCognitiveToolsEvals().");

    private LatentReasoningOptions Options => services.GetRequiredService<IOptions<LatentReasoningOptions>>().Value;

    /// <param name="profile">As in <see cref="Profile"/>: a profile may bring its own tools.</param>
    public ToolCatalog Tools(string profile) =>
        profile.Length > 0 ? ToolCatalog.Embedded(profile) : services.GetService<ToolCatalog>() ?? ToolCatalog.Embedded();

    /// <param name="name">A profile's name; empty for the host's own, or the embedded default where it has none.</param>
    public PromptProfile Profile(string name) =>
        name.Length > 0 ? PromptProfile.Embedded(name) : services.GetService<PromptProfile>() ?? PromptProfile.Embedded();
}
