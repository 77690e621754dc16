using System.CommandLine;
using CognitiveTools.Calls;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Functions;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Mcp;

/// <summary><c>cogtools mcp</c>: the cognitive tools for clients of the Model Context Protocol, over standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        const string Description = "Serve the cognitive tools to a client of the Model Context Protocol, over standard input and output";
        var command = new Command("mcp", Description);
        var model = new ModelOptions();
        var endpoint = new EndpointOptions();
        model.AddTo(command);
        endpoint.AddTo(command);
        command.SetGuardedAction((parse, cancellationToken) =>
            ServeAsync(endpoint.Read(parse, model.Read(parse)), parse.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    // Standard output carries the protocol only; messages go to standard error.
    private static async Task<int> ServeAsync(ModelChoice choice, TextWriter error, CancellationToken cancellationToken)
    {
        await using var host = ModelHost.Create(choice);
        await host.CheckAsync(cancellationToken);
        var services = host.Services;
        var functions = CognitiveToolFunctions.Create(
            services.GetRequiredService<ToolCatalog>(),
            services.GetRequiredService<PromptProfile>(),
            services.GetRequiredService<IsolatedCall>());
        var names = string.Join(", ", functions.Select(f => f.Name));
        await error.WriteLineAsync($"cogtools: serving {names} on standard input and output until the client disconnects.");
        await ToolServer.RunAsync(functions, Console.OpenStandardInput(), Console.OpenStandardOutput(), services, cancellationToken);
        return ExitCodes.Success;
    }
}
