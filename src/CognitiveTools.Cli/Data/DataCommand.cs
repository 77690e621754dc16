using System.CommandLine;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data</c>: published and generated problems, training corpora, and what only these problems' own checkers can say of a run.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Import published problem sets, generate problems and training corpora")
    {
        DataImportCommand.Create(),
        DataSetsCommand.Create(),
        DataProblemsCommand.Create(),
        DataGenerateCommand.Create(),
        DataShiftsCommand.Create(),
        DataLexiconsCommand.Create(),
        DataTracesCommand.Create(),
        DataCorporaCommand.Create(),
    };
}
