using System.CommandLine;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Reasoners;
using CognitiveTools.Server.Hosting;

namespace CognitiveTools.Cli.Serve;

/// <summary><c>cogtools serve</c>: the model and the reasoners for any client of OpenAI's chat completions, over HTTP.</summary>
internal static class ServeCommand
{
    private static readonly CompletionsServerOptions Defaults = new() { ModelName = "" };

    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Address to listen on; 0.0.0.0 for every network, which needs a key",
        DefaultValueFactory = _ => Defaults.Host,
        HelpName = "ADDRESS",
    };

    private static readonly Option<int> Port = new Option<int>("--port")
    {
        Description = "Port to listen on; 0 takes a free one",
        DefaultValueFactory = _ => Defaults.Port,
        HelpName = "N",
    }.Within(0, 65_535);

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "The plain model's name for clients [default: the model's]",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> KeyVariables = new("--api-key-variable")
    {
        Description = "Environment variable that holds the key that clients must send; repeat it for more keys, each with its own "
            + "prefix cache [default: no key]",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> AllowedHosts = new("--allow-host")
    {
        Description = "Another host name that clients use, such as a proxy's; repeat it for more [default: the server's address, "
            + "localhost and this machine's name]",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int> MaxMessages = new Option<int>("--max-messages")
    {
        Description = "Most messages of one request",
        DefaultValueFactory = _ => Defaults.MaxMessages,
        HelpName = "N",
    }.Within(1, 1_000_000);

    private static readonly Option<bool> CachedTokens = new("--report-cached-tokens")
    {
        Description = "Report in each answer how many tokens the prefix cache served; holders of one key can then infer what others asked",
    };

    private static readonly Option<int> Parallel = new Option<int>("--parallel")
    {
        Description = "Requests answered at the same time; others wait",
        DefaultValueFactory = _ => Defaults.Parallel,
        HelpName = "N",
    }.Within(1, 1024);

    private static readonly Option<bool> AllowCode = new("--allow-code")
    {
        Description = "Let clients choose tools that run code the model wrote, in the sandbox (tools:code=on)",
    };

    public static Command Create()
    {
        const string Description = "Serve the model, and each reasoner as a model, over HTTP to clients of OpenAI's chat completions; "
            + "Ctrl+C ends it (docs/serve.md)";
        var command = new Command("serve", Description);
        var model = new ModelOptions();
        var endpoint = new EndpointOptions();
        var budget = new BudgetOptions();
        command.AddGroup("Server", Listen, Port, Name, KeyVariables, AllowedHosts, Parallel, MaxMessages, CachedTokens, AllowCode);
        model.AddTo(command);
        endpoint.AddTo(command);
        budget.AddTo(command);
        command.SetGuardedAction((parse, cancellationToken) =>
            UntilStoppedAsync(parse, endpoint.Read(parse, model.Read(parse)), budget.Read(parse, Budget.Default), cancellationToken));
        return command;
    }

    private static async Task<int> UntilStoppedAsync(
        ParseResult parse, ModelChoice choice, Budget budget, CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(parse, choice, budget, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while it was starting, which is no other end than later.
        }

        // Behind the log of the last requests, which are answered while the server ends.
        await parse.InvocationConfiguration.Error.WriteLineAsync("cogtools: stopped.");
        return ExitCodes.Success;
    }

    // Standard output carries the address only, for scripts that start a server and need its port.
    private static async Task ServeAsync(ParseResult parse, ModelChoice choice, Budget budget, CancellationToken cancellationToken)
    {
        var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
        IReadOnlyList<string> keys = [.. parse.GetValue(KeyVariables)!.Select(KeyOf)];
        await using var host = ModelHost.Create(choice with { Budget = budget, Code = parse.GetValue(AllowCode), Serves = true });
        await host.CheckAsync(cancellationToken);
        if (await host.LongContextAsync(cancellationToken) is { } excess)
            await error.WriteLineAsync($"cogtools: {excess}");
        await using var server = await CompletionsServer.StartAsync(host.Services, Defaults with
        {
            ModelName = parse.GetValue(Name) ?? NameOf(host),
            Host = parse.GetValue(Listen)!,
            Port = parse.GetValue(Port),
            ApiKeys = keys,
            AllowedHosts = parse.GetValue(AllowedHosts)!,
            MaxMessages = parse.GetValue(MaxMessages),
            ReportsCachedTokens = parse.GetValue(CachedTokens),
            Budget = budget,
            Parallel = host.IsDeterministic ? 1 : parse.GetValue(Parallel),
        }, cancellationToken);
        await output.WriteLineAsync(server.Endpoint);
        await error.WriteLineAsync($"cogtools: serving {string.Join(" ", server.Models)}; Ctrl+C ends it.");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string NameOf(ModelHost host) =>
        host.Endpoint?.Model ?? host.Model.Entry?.Name ?? Path.GetFileNameWithoutExtension(host.Model.Path);

    private static string KeyOf(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key
        ? key
        : throw new ArgumentException(
            $"The environment variable {variable} is not set. Set it to the key, or remove {KeyVariables.Name}.");
}
