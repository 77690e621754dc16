using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Commands.Bench;
using CognitiveTools.Lab.Commands.Data;
using CognitiveTools.Lab.Commands.Models;

namespace CognitiveTools.Lab.Commands;

/// <summary>
/// The command line of the laboratory: what makes and measures this repository, and nothing that a user of the toolkit needs.
/// </summary>
internal static class CoglabCommand
{
    public static ProgramCommand Create() => new ProgramCommand("coglab", """
        The laboratory: makes the repository's problems and models, and measures its engine.

        Exit codes: 0 done, 1 done but something needs attention, 2 bad input, 130 cancelled.
        """)
    {
        DataCommand.Create(),
        ModelsCommand.Create(),
        LearningCommands.Train(),
        LearningCommands.Sample(),
        LearningCommands.Features(),
        LearningCommands.Concepts(),
        LearningCommands.Export(),
        LearningCommands.Influence(),
        BenchCommand.Create(),
        CommandGuard.Verbose,
    }.WithValueRules();
}
