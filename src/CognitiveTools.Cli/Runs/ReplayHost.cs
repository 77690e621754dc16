using CognitiveTools.Chat;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Runs;

/// <summary>
/// The reasoners of a stored run on a chat client that plays its log; one set of services per prompt profile and capabilities
/// of the model. Tools come from the settings, as they did for the run.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="prompts">Folder of prompts in place of the profile that the run names; <see langword="null"/> for that one.</param>
internal sealed class ReplayHost(RunResult run, string? prompts) : IAsyncDisposable
{
    private readonly Dictionary<(string Profile, ChatCapabilities Capabilities), ServiceProvider> _services = [];

    /// <summary>The reasoners of an arm.</summary>
    /// <exception cref="InvalidOperationException">The run does not say what the arm was run with.</exception>
    public ReasonerCatalog Reasoners(Arm arm)
    {
        var identity = run.Header.Facts?.Of(arm.Name) ?? throw new InvalidOperationException(
            $"The header of run '{run.Header.Id}' does not say what arm '{arm.Name}' was run with, so it cannot be replayed. "
            + $"Replay it with the version of the toolkit that made it ({run.Header.Toolkit}).");
        RequireDonors(arm, identity);
        var key = (prompts ?? identity.Prompts?.Name ?? "default", Capabilities(identity));
        if (!_services.TryGetValue(key, out var services))
            _services[key] = services = Build(key.Item1, key.Item2);
        return services.GetRequiredService<ReasonerCatalog>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services.Values)
            await services.DisposeAsync();
    }

    private static ChatCapabilities Capabilities(ReasonerIdentity identity) =>
        new(identity.Models.Any(model => model.Grammar))
        {
            FunctionCalls = identity.Models.Any(model => model.FunctionCalls),
            Thinks = identity.Models.Any(model => model.Thoughts is not null) ? true : null,
            ThoughtBudgets = identity.Models.Any(model => model.Grammar),
        };

    private ServiceProvider Build(string profile, ChatCapabilities capabilities)
    {
        var configuration = SettingsLoader.Load(SettingPlaces.OfThisProcess()).Configuration;
        return new ServiceCollection()
            .AddSingleton(configuration)
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddReplayChatClient(capabilities)
            .AddCodeSandbox(code => CodeSettings.Apply(code, configuration))
            .AddCognitiveTools(tools =>
            {
                if (prompts is not null || Path.GetFileName(tools.PromptsFolder) != profile) // a folder that the settings name stays
                    ModelHost.UseProfile(tools, profile);
                ModelHost.UseDonors(tools, Donors());
            })
            .AddCognitiveToolsKernel()
            .AddCognitiveToolsEvals(run.Header.Suite.Answers)
            .BuildServiceProvider();
    }

    private IReadOnlyList<Question> Donors() =>
        new ProblemSet(run.Header.Suite.Name, [.. run.Problems().Values]).Donors;

    // The donors of a run are its own problems. Without them the replay would find other donors and name those as what differs.
    private void RequireDonors(Arm arm, ReasonerIdentity identity)
    {
        if (identity.Donors is not { } recorded || run.Header.ProblemIds.Count < 2)
            return;
        var file = RunFiles.ProblemsPath(run.Directory);
        var donors = Donors();
        var now = new DonorIdentity(donors.Count, FieldHash.Of(donors.SelectMany(donor => new[] { donor.Id, donor.Text })));
        if (File.Exists(file) && now == recorded)
            return;
        throw new InvalidOperationException(
            $"Arm '{arm.Name}' of run '{run.Header.Id}' cannot be replayed: {file} {(File.Exists(file) ? "was changed" : "is missing")}. "
            + "It has the run's problems, which are the donors of its controls. Copy the file from where the run was made.");
    }
}
