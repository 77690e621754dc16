using CognitiveTools.Llama.TestHost;
using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.DependencyInjection;

// What an application may do when it is started as a worker; the first one is right.
switch (args is [var mode, ..] ? mode : "")
{
    case "":
        await LlamaWorkerHost.RunIfAskedAsync();
        break;
    case "models": // asks each model whose path comes in
        await ModelTrial.RunAsync(Console.In, Console.Out);
        break;
    case "noisy":
        Console.WriteLine("Welcome to the app");
        await LlamaWorkerHost.RunIfAskedAsync();
        break;
    case "chatty":
        if (await LlamaWorkerHost.RunIfAskedAsync())
            Console.WriteLine("served");
        break;
    case "silent":
        await Console.In.ReadToEndAsync();
        break;
    case "environment": // to standard error, which the starting process keeps
        Console.Error.WriteLine(string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)));
        break;
    case "hookless": // the README's app without its first line: count the processes in the file named
        await File.AppendAllTextAsync(args[1], "started\n");
        using (var services = new ServiceCollection()
            .AddLlamaWorker(model => model.Path = args[2], configureWorker: worker => worker.Arguments = args)
            .BuildServiceProvider())
        {
            await services.GetRequiredService<LlamaWorker>().StartAsync();
        }

        break;
}
