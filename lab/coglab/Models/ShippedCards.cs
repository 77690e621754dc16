using CognitiveTools.Lab.Training.Cards;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary>A card and where it lies.</summary>
internal sealed record ShippedCard(string Path, ModelCard Card);

/// <summary>The cards next to the weights of the catalog's own models.</summary>
internal static class ShippedCards
{
    /// <summary>The card of a model, or <see langword="null"/> when it has none.</summary>
    /// <exception cref="InvalidDataException">The file is not a card.</exception>
    public static ShippedCard? Find(string model)
    {
        var resolved = new ModelStore(ModelCatalog.Load()).Resolve(model);
        var path = System.IO.Path.ChangeExtension(resolved.Path, null) + ModelCardFile.Ending;
        return File.Exists(path) ? new ShippedCard(path, ModelCardFile.Read(path)) : null;
    }

    /// <summary>Names of the models that have one.</summary>
    public static IReadOnlyList<string> Names() =>
        [.. ModelCatalog.Load().Entries.Select(entry => entry.Name).Where(name => Find(name) is not null)];
}
