using CognitiveTools.Llama.TestHost;
using CognitiveTools.Llama.Workers;

// Without arguments: a worker. `models`: asks each model whose path comes in by standard input.
if (args is ["models"])
    await ModelTrial.RunAsync(Console.In, Console.Out);
else
    await LlamaWorkerHost.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
