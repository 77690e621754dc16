using CognitiveTools.Chat;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Cli.Eval;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Evals.Answers;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Runs;

/// <summary>The reasoners of a stored run on a chat client that plays its log; one set of services per prompt profile.</summary>
internal sealed class ReplayHost(RunHeader header) : IAsyncDisposable
{
    private readonly Dictionary<string, ServiceProvider> _services = new(StringComparer.Ordinal);

    /// <summary>The reasoners of an arm.</summary>
    /// <exception cref="InvalidOperationException">The run used prompts that this version does not have.</exception>
    public ReasonerCatalog Reasoners(ArmSnapshot arm)
    {
        var prompts = Prompts(arm);
        if (!_services.TryGetValue(prompts, out var services))
            _services[prompts] = services = Build(prompts);
        return services.GetRequiredService<ReasonerCatalog>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services.Values)
            await services.DisposeAsync();
    }

    // The header says "NAME HASH" of the run's own model, and "SHA, prompts NAME HASH" of models that single arms name.
    private string Prompts(ArmSnapshot arm)
    {
        const string Mark = ", prompts ";
        var fact = header.Model.GetValueOrDefault(arm.Model is null ? "prompts" : $"model {arm.Model}")
            ?? throw new InvalidOperationException($"The header of run '{header.Id}' does not say which prompts arm '{arm.Name}' used, so it cannot be replayed.");
        return fact.Contains(Mark, StringComparison.Ordinal) ? fact[(fact.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..] : fact;
    }

    private bool Has(string capability) => header.Host.GetValueOrDefault(capability) == "yes";

    private ServiceProvider Build(string prompts)
    {
        var cut = prompts.LastIndexOf(' ');
        var (name, hash) = (prompts[..cut], prompts[(cut + 1)..]);
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddReplayChatClient(new ChatCapabilities(Has(RunFacts.Grammar)) { FunctionCalls = Has(RunFacts.FunctionCalls) })
            .AddCodeSandbox(code => CodeSettings.Apply(code, SettingsLoader.Load(SettingPlaces.OfThisProcess()).Configuration))
            .AddCognitiveTools(tools => ModelHost.UseProfile(tools, name))
            .AddCognitiveToolsKernel()
            .AddCognitiveToolsEvals(AnswerKinds.Find(header.Suite.Answers))
            .BuildServiceProvider();
        var profile = services.GetRequiredService<PromptProfile>();
        return profile.Hash == hash
            ? services
            : throw new InvalidOperationException($"The run used prompts '{name}' with hash {hash}; here they have {profile.Hash}. Replay it with the version of the toolkit that made it ({header.Toolkit}).");
    }
}
