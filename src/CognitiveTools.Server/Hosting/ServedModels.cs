using CognitiveTools.Reasoners;
using CognitiveTools.Server.Answers;
using CognitiveTools.Server.Faults;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Hosting;

/// <summary>What a request may name as its model: the plain chat model, and any reasoner that the host's catalog makes.</summary>
internal sealed class ServedModels
{
    /// <summary>The paper's name of the reasoner <c>tools</c>, listed and understood as such.</summary>
    private const string CognitiveTools = "cognitive-tools";

    private readonly CompletionsServerOptions _options;
    private readonly ChatAnswerer _chat;
    private readonly ReasonerCatalog _catalog;

    /// <param name="client">The plain model.</param>
    /// <param name="catalog">The reasoners.</param>
    /// <param name="options">The plain model's name, what to list, and what one solve may spend.</param>
    public ServedModels(IChatClient client, ReasonerCatalog catalog, CompletionsServerOptions options)
    {
        (_options, _catalog, _chat) = (options, catalog, new ChatAnswerer(client, options.ReportsCachedTokens));
        Names =
        [
            options.ModelName,
            .. new[] { CognitiveTools }.Concat(catalog.Factories.Select(f => f.Kind)).Concat(options.Examples)
                .Where(n => !n.Equals(options.ModelName, StringComparison.Ordinal) && CanBeMade(n)),
        ];
    }

    /// <summary>The plain model first, then the reasoners that can be made here.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The model of a name.</summary>
    /// <exception cref="RequestRefusedException">There is none; the message says why.</exception>
    public IAnswerer Of(string name)
    {
        if (name.Equals(_options.ModelName, StringComparison.Ordinal))
            return _chat;
        try
        {
            return new ReasonerAnswerer(Make(name), _options.Budget, _options.ReportsCachedTokens);
        }
        catch (Exception e) when (IsReason(e))
        {
            // Errors about the spec go to its author, the client; errors about the host's files and services do not.
            var reason = e is ArgumentException or FormatException ? ErrorResponse.Words(e)
                : "It cannot be made with this model and this host.";
            throw new RequestRefusedException(404, "model_not_found", $"There is no model '{name}'. {reason} GET /v1/models lists them.",
                "model")
            { Detail = e.Message };
        }
    }

    private bool CanBeMade(string name)
    {
        try
        {
            Make(name);
            return true;
        }
        catch (Exception e) when (IsReason(e))
        {
            return false;
        }
    }

    private IReasoner Make(string name) =>
        _catalog.Create(
            ReasonerSpec.Parse(name.Equals(CognitiveTools, StringComparison.Ordinal) ? "tools" : name) with { IsForeign = true });

    // What a catalog says of a spec it cannot make: misspelt, unknown, or not possible with this model.
    private static bool IsReason(Exception e) =>
        e is ArgumentException or FormatException or NotSupportedException or InvalidOperationException
            or InvalidDataException or IOException;
}
