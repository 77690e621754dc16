using CognitiveTools.Reasoners;
using CognitiveTools.Server.Answers;
using CognitiveTools.Server.Faults;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Catalog;

/// <summary>What a request may name as its model: the plain chat model, and any reasoner that the host's catalog makes.</summary>
internal sealed class ServedModels
{
    /// <summary>The paper's name of the reasoner <c>tools</c>, listed and understood as such.</summary>
    private const string CognitiveTools = "cognitive-tools";

    private readonly string _plain;
    private readonly ChatAnswerer _chat;
    private readonly ReasonerCatalog _catalog;
    private readonly Budget _budget;

    /// <param name="plain">The plain model's name.</param>
    /// <param name="client">The plain model.</param>
    /// <param name="catalog">The reasoners.</param>
    /// <param name="examples">Specs to list beside the bare kinds.</param>
    /// <param name="budget">What one solve may spend.</param>
    public ServedModels(string plain, IChatClient client, ReasonerCatalog catalog, IEnumerable<string> examples, Budget budget)
    {
        (_plain, _catalog, _budget, _chat) = (plain, catalog, budget, new ChatAnswerer(client));
        Names = [plain, .. new[] { CognitiveTools }.Concat(catalog.Factories.Select(f => f.Kind)).Concat(examples).Where(n => !n.Equals(plain, StringComparison.Ordinal) && Reason(n) is null)];
    }

    /// <summary>The plain model first, then the reasoners that can be made here.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The model of a name.</summary>
    /// <exception cref="RequestRefusedException">There is none; the message says why.</exception>
    public IAnswerer Of(string name)
    {
        if (name.Equals(_plain, StringComparison.Ordinal))
            return _chat;
        try
        {
            return new ReasonerAnswerer(Make(name), _budget);
        }
        catch (Exception e) when (IsReason(e))
        {
            throw new RequestRefusedException(404, "model_not_found", $"There is no model '{name}': {e.Message} GET /v1/models lists them.", "model");
        }
    }

    private string? Reason(string name)
    {
        try
        {
            Make(name);
            return null;
        }
        catch (Exception e) when (IsReason(e))
        {
            return e.Message;
        }
    }

    private IReasoner Make(string name) => _catalog.Create(ReasonerSpec.Parse(name.Equals(CognitiveTools, StringComparison.Ordinal) ? "tools" : name));

    // What a catalog says of a spec it cannot make: misspelt, unknown, or not possible with this model.
    private static bool IsReason(Exception e) => e is ArgumentException or FormatException or NotSupportedException or InvalidOperationException or InvalidDataException or IOException;
}
