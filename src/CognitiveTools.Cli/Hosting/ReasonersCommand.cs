using System.CommandLine;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Hosting;

/// <summary><c>cogtools reasoners</c>: the kinds that <c>--reasoner</c> and suites may name.</summary>
internal static class ReasonersCommand
{
    public static Command Create()
    {
        var command = new Command("reasoners", "List the ways of thinking and their settings");
        command.SetGuardedAction(async (parse, _) =>
        {
            await using var services = new ServiceCollection()
                .AddSingleton(SettingsLoader.Load(parse.InvocationConfiguration.Error).Configuration)
                .AddCognitiveTools()
                .AddCognitiveToolsKernel()
                .AddLatentReasoning()
                .BuildServiceProvider();
            var factories = services.GetRequiredService<ReasonerCatalog>().Factories;
            var width = factories.Max(f => f.Kind.Length);
            foreach (var factory in factories)
                await parse.InvocationConfiguration.Output.WriteLineAsync($"{factory.Kind.PadRight(width)}  {factory.Description}");
            return ExitCodes.Success;
        });
        return command;
    }
}
