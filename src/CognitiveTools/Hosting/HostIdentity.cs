using System.Reflection;
using CognitiveTools.Chat;
using CognitiveTools.Code;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Hosting;

/// <summary>What a host's services bring to the answers of its reasoners. Registered by <c>AddReasonerHost</c>; thread-safe.</summary>
internal sealed class HostIdentity(IServiceProvider services) : IReasonerIdentifier
{
    public async ValueTask<ReasonerIdentity> IdentifyAsync(ReasonerInputs inputs, IEnumerable<Assembly> code,
        CancellationToken cancellationToken)
    {
        var profiles = services.GetRequiredService<HostProfiles>();
        var prompts = profiles.Prompts(inputs.Profile);
        var tools = profiles.Tools(inputs.Profile);
        var donors = services.GetRequiredService<IOptions<CognitiveToolsOptions>>().Value.Donors;
        return new ReasonerIdentity
        {
            Models = await ModelsAsync(cancellationToken),
            Prompts = new(prompts.Name, prompts.Hash),
            Tools = new(prompts.Name, tools.Hash),
            Donors = new(donors.Count, FieldHash.Of(donors.SelectMany(donor => new[] { donor.Id, donor.Text }))),
            AnswerReader = services.GetService<IAnswerReader>()?.Identity,
            Sandbox = await SandboxAsync(tools, cancellationToken),
            Files = await FileHash.OfAllAsync(inputs.Files, cancellationToken),
            Code = AssemblyVersion.OfAll(code),
        };
    }

    private async ValueTask<IReadOnlyList<ModelIdentity>> ModelsAsync(CancellationToken cancellationToken)
    {
        var models = new List<ModelIdentity>();
        foreach (var source in services.GetServices<IModelIdentitySource>())
            models.Add(await source.IdentifyAsync(cancellationToken));
        if (Verbal() is { } client && Unnamed(client, models) is { } other)
            models.Add(other);
        return models;
    }

    // A host may register its own chat client, whose metadata is then all there is to tell.
    private static ModelIdentity? Unnamed(IChatClient client, List<ModelIdentity> named)
    {
        var metadata = client.GetService<ChatClientMetadata>();
        var provider = metadata?.ProviderName ?? client.GetType().Name;
        if (named.Any(model => model.Engine.StartsWith(provider, StringComparison.Ordinal)))
            return null;
        var capabilities = ChatCapabilities.Of(client);
        return new ModelIdentity
        {
            Name = metadata?.DefaultModelId ?? "unknown",
            Engine = provider,
            Endpoint = metadata?.ProviderUri?.ToString(),
            Grammar = capabilities.Grammar,
            FunctionCalls = capabilities.FunctionCalls,
        };
    }

    private IChatClient? Verbal()
    {
        try
        {
            return services.GetKeyedService<IChatClient>(ServiceKeys.Verbal);
        }
        catch (NotSupportedException)
        {
            return null; // a model that holds no conversations
        }
    }

    // Only of the languages that tools run: to find out about Python, a process has to be started.
    private async ValueTask<IReadOnlyDictionary<string, string>> SandboxAsync(ToolCatalog tools, CancellationToken cancellationToken)
    {
        var levels = new List<KeyValuePair<string, string>>();
        if (services.GetService<ICodeSandbox>() is not { } sandbox)
            return SortedFacts.None;
        foreach (var language in tools.Tools.Select(tool => tool.Runs).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await sandbox.FindAsync(language, cancellationToken) is { } runner)
                levels.Add(new(language, runner.Level.ToName()));
        }

        return SortedFacts.Of(levels);
    }
}
