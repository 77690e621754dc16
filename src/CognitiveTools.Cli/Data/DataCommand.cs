using System.CommandLine;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data</c>: generated problems and training corpora.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Generate problems and training corpora")
    {
        DataProblemsCommand.Create(),
        DataCorporaCommand.Create(),
    };
}
