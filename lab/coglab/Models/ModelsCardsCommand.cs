using System.CommandLine;
using CognitiveTools.Cli;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models cards</c>: the figures that the cards state.</summary>
internal static class ModelsCardsCommand
{
    public static Command Create()
    {
        var command = new Command("cards", "List the models that have a card, with the figures it states");
        command.SetGuardedAction(async (parse, _) =>
        {
            var output = parse.InvocationConfiguration.Output;
            foreach (var name in ShippedCards.Names())
            {
                var card = ShippedCards.Find(name)!.Card;
                await output.WriteLineAsync($"{name}: {card.Description}");
                foreach (var figure in card.Figures)
                    await output.WriteLineAsync($"  {CardText.Line(figure)}");
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
