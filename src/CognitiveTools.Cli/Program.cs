using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Workers;

var configuration = new InvocationConfiguration();
if (args is [WorkerCommand.Name, ..])
    configuration.ProcessTerminationTimeout = null; // it handles signals itself
return await CogtoolsCommand.RunAsync(args, configuration);
