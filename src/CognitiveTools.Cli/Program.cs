using System.CommandLine;

var root = new RootCommand("Reasoning on local models, measured honestly.");
return await root.Parse(args).InvokeAsync();
