using System.CommandLine;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data</c>: problem sets, generated problems and training corpora.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Import published problem sets, generate problems and training corpora")
    {
        DataImportCommand.Create(),
        DataSetsCommand.Create(),
        DataProblemsCommand.Create(),
        DataCorporaCommand.Create(),
    };
}
