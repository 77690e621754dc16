using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Learning;
using CognitiveTools.Lab.Learning.LibTorch;

LibTorchMend.Apply();
return await new ProgramCommand("coglab", "Trains the reference models on LibTorch.")
    {
        TrainCommand.Create(), SampleCommand.Create(), FeaturesCommand.Create(), ConceptsCommand.Create(),
        ExportCommand.Create(), InfluenceCommand.Create(),
        CommandGuard.Verbose,
    }
    .WithValueRules()
    .RunAsync(args, new InvocationConfiguration());
