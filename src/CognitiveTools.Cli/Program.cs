using CognitiveTools.Cli;

return await CogtoolsCommand.Create().Parse(args).InvokeAsync();
