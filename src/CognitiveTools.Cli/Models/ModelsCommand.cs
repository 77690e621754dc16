using System.CommandLine;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models</c>: the catalog and the store.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "List, download and locate models; show prompts; compute control vectors")
    {
        ModelsListCommand.Create(),
        ModelsGetCommand.Create(),
        ModelsPathCommand.Create(),
        ModelsRenderCommand.Create(),
        ModelsSteerCommand.Create(),
    };
}
