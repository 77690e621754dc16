using System.CommandLine;
using CognitiveTools.Lab.Commands;
using CognitiveTools.Llama.Workers;

if (await LlamaWorkerHost.RunIfAskedAsync())
    return 0;
return await CoglabCommand.Create().RunAsync(args, new InvocationConfiguration());
