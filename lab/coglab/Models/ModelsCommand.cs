using System.CommandLine;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models</c>: the models of this repository and their cards.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "Pack trained weights, and list and measure the figures of model cards")
    {
        ModelsCardsCommand.Create(),
        ModelsPackCommand.Create(),
        ModelsVerifyCommand.Create(),
    };
}
