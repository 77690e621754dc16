using CognitiveTools.Llama.Workers;

await LlamaWorkerHost.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
