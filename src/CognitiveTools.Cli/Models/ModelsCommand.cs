using System.CommandLine;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models</c>: the catalog and the store.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "List, fetch and find models, and make what changes them")
    {
        ModelsListCommand.Create(),
        ModelsGetCommand.Create(),
        ModelsPathCommand.Create(),
        ModelsSteerCommand.Create(),
    };
}
