using System.CommandLine;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models</c>: the models of this repository and their cards.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new(
        "models", "Pack trained weights, list and measure the figures of model cards, and measure what each architecture can do")
    {
        ModelsCardsCommand.Create(),
        ModelsExamineCommand.Create(),
        ModelsInterpretCommand.Create(),
        ModelsMatrixCommand.Create(),
        ModelsPackCommand.Create(),
        ModelsReadOutCommand.Create(),
        ModelsSelectsCommand.Create(),
        ModelsToysCommand.Create(),
        ModelsVerifyCommand.Create(),
    };
}
