using System.CommandLine;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Hosting;

/// <summary><c>cogtools reasoners</c>: the kinds that <c>--reasoner</c> and suites name, with their settings and controls.</summary>
internal static class ReasonersCommand
{
    private static readonly Argument<string?> Kind = new("kind")
    {
        Description = "Only this kind, for instance latent",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command("reasoners", "List the ways of thinking with their settings and controls") { Kind };
        command.SetGuardedAction(async (parse, _) =>
        {
            await using var services = new ServiceCollection()
                .AddSingleton(SettingsLoader.Load(parse.InvocationConfiguration.Error).Configuration)
                .AddCognitiveTools()
                .AddCognitiveToolsKernel()
                .AddLatentReasoning()
                .BuildServiceProvider();
            var factories = services.GetRequiredService<ReasonerCatalog>().Factories;
            var kind = parse.GetValue(Kind);
            var chosen = factories.Where(factory => kind is null || factory.Kind == kind).ToList();
            if (chosen.Count == 0)
                throw new ArgumentException($"There is no kind '{kind}'. Kinds: {string.Join(", ", factories.Select(f => f.Kind))}.");
            foreach (var factory in chosen)
                await parse.InvocationConfiguration.Output.WriteLineAsync(Describe(factory));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Describe(IReasonerFactory factory)
    {
        var rows = factory.Settings.Select(static setting => new[] { setting.Name, setting.Default, setting.Meaning });
        return $"{factory.Kind}: {factory.Description}\n{TextTable.Of([["setting", "default", "meaning"], .. rows], indent: "  ")}\n";
    }
}
