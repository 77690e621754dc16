using System.CommandLine;

namespace CognitiveTools.Lab.Commands.Data;

/// <summary>
/// <c>coglab data</c>: generated problems, training corpora, and what only these problems' own checkers can say of a run.
/// </summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Generate problems and training corpora, and score runs on generated problems")
    {
        DataProblemsCommand.Create(),
        DataTemplatesCommand.Create(),
        DataGenerateCommand.Create(),
        DataShiftsCommand.Create(),
        DataLexiconsCommand.Create(),
        DataCellsCommand.Create(),
        DataCorporaCommand.Create(),
    };
}
