using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Llama.Workers;

if (await LlamaWorkerHost.RunIfAskedAsync())
    return ExitCodes.Success;
return await CogtoolsCommand.RunAsync(args, new InvocationConfiguration());
