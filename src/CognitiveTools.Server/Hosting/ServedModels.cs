using CognitiveTools.Reasoners;
using CognitiveTools.Server.Answers;
using CognitiveTools.Server.Faults;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Hosting;

/// <summary>The models of requests: the plain chat model, and any reasoner of the host's catalog.</summary>
internal sealed class ServedModels
{
    /// <summary>The paper's name of the reasoner <c>tools</c>, accepted as an alias.</summary>
    private const string CognitiveTools = "cognitive-tools";

    private readonly CompletionsServerOptions _options;
    private readonly IChatClient _client;
    private readonly ChatAnswerer _chat;
    private readonly ReasonerCatalog _catalog;

    /// <param name="client">The plain model.</param>
    /// <param name="catalog">The reasoners.</param>
    /// <param name="options">The plain model's name, the list of models, and the budget of one solve.</param>
    public ServedModels(IChatClient client, ReasonerCatalog catalog, CompletionsServerOptions options)
    {
        (_options, _catalog, _client) = (options, catalog, client);
        _chat = new ChatAnswerer(client, options.ReportsCachedTokens);
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
    /// <exception cref="RequestRefusedException">There is no such model, or its name has a wrong setting; the message says why.</exception>
    public IAnswerer Of(string name)
    {
        if (name.Equals(_options.ModelName, StringComparison.Ordinal))
            return _chat;
        try
        {
            return new ReasonerAnswerer(Make(name), _client, _options.Budget, _options.ReportsCachedTokens);
        }
        catch (Exception e) when (IsReason(e))
        {
            // Errors in the spec are reported to the client; errors of the host's files and services are not.
            var isSpec = e is ArgumentException or FormatException;
            if (isSpec && IsKind(name))
                throw RequestRefusedException.Invalid("model", $"The model '{name}' cannot be made. {ErrorResponse.Words(e)}");
            var reason = isSpec ? "" : " It cannot be made with this model and this host.";
            var message = $"There is no model '{name}'.{reason} GET /v1/models lists the models: {string.Join(", ", Names)}.";
            throw new RequestRefusedException(404, "model_not_found", message, "model") { Detail = e.Message };
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

    // A name that begins with the kind of a reasoner is one with a wrong setting or control.
    private bool IsKind(string name) => _catalog.Factories.Any(f => f.Kind == name.Split(':', '/')[0].Trim());

    private IReasoner Make(string name) =>
        _catalog.Create(
            ReasonerSpec.Parse(name.Equals(CognitiveTools, StringComparison.Ordinal) ? "tools" : name) with { IsForeign = true });

    // The exceptions of a catalog for a spec that is misspelt, unknown, or not possible with this model.
    private static bool IsReason(Exception e) =>
        e is ArgumentException or FormatException or NotSupportedException or InvalidOperationException
            or InvalidDataException or IOException;
}
