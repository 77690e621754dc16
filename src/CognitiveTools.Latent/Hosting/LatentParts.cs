using CognitiveTools.Files;
using CognitiveTools.Hosting;
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

    public IEnumerable<Question> Donors => services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value.Donors;

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

    public ToolCatalog Tools(string profile) => services.GetRequiredService<HostProfiles>().Tools(profile);

    public PromptProfile Profile(string name) => services.GetRequiredService<HostProfiles>().Prompts(name);
}
