using System.CommandLine;
using CognitiveTools.Calls;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Functions;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Mcp;

/// <summary><c>cogtools mcp</c>: the cognitive tools for any client of the Model Context Protocol, over standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var command = new Command("mcp", "Serve the cognitive tools to a client of the Model Context Protocol, over standard input and output");
        var model = new ModelOptions();
        var endpoint = new EndpointOptions();
        model.AddTo(command);
        endpoint.AddTo(command);
        command.SetGuardedAction((parse, cancellationToken) => ServeAsync(endpoint.Read(parse, model.Read(parse)), parse.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    // Standard output carries the protocol and nothing else; whatever is to be said goes to standard error.
    private static async Task<int> ServeAsync(ModelChoice choice, TextWriter error, CancellationToken cancellationToken)
    {
        await using var host = ModelHost.Create(choice);
        await host.CheckAsync(cancellationToken);
        var services = host.Services;
        var functions = CognitiveToolFunctions.Create(
            services.GetRequiredService<ToolCatalog>(), services.GetRequiredService<PromptProfile>(), services.GetRequiredService<IsolatedCall>());
        await error.WriteLineAsync($"cogtools: serving {string.Join(", ", functions.Select(f => f.Name))} on standard input and output; it ends with its client.");
        await ToolServer.RunAsync(functions, Console.OpenStandardInput(), Console.OpenStandardOutput(), services, cancellationToken);
        return ExitCodes.Success;
    }
}
