using System.CommandLine;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data</c>: published problems, and the check of search traces.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Import published problem sets and check search traces")
    {
        DataImportCommand.Create(),
        DataSetsCommand.Create(),
        DataTracesCommand.Create(),
    };
}
