using System.CommandLine;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;
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
            var output = parse.InvocationConfiguration.Output;
            foreach (var factory in chosen)
                await output.WriteLineAsync(Describe(factory, OutputWidth.Of(output)));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Describe(IReasonerFactory factory, int width)
    {
        var rows = factory.Settings.Select(static setting => (string[])[setting.Name, setting.Default, setting.Meaning]);
        var head = TextWrap.Block($"{factory.Kind}: {factory.Description}", width);
        return $"{head}\n{TextTable.Words([["setting", "default", "meaning"], .. rows], width, indent: "  ")}\n";
    }
}
