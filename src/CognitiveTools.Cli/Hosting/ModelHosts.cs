using CognitiveTools.Answers.Reading;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The models of one command, each loaded when first asked for.</summary>
/// <param name="choice">The model of arms that name none, and how to run all models.</param>
/// <param name="donors">See <see cref="ModelHost.Create"/>.</param>
/// <param name="answers">See <see cref="ModelHost.Create"/>.</param>
internal sealed class ModelHosts(ModelChoice choice, IReadOnlyCollection<Question>? donors = null, IAnswerKind? answers = null)
    : IAsyncDisposable
{
    private readonly Dictionary<string, ModelHost> _hosts = new(StringComparer.Ordinal);

    /// <summary>The host of a model. A prompt profile of the command line applies to the command's own model only.</summary>
    /// <param name="reference">A model as `--model` takes it; <see langword="null"/> for the command's own.</param>
    /// <exception cref="FileNotFoundException">The model is not on this machine; the message says how to get it.</exception>
    public ModelHost Of(string? reference = null)
    {
        if (_hosts.TryGetValue(reference ?? "", out var host))
            return host;
        var own = reference is null ? choice : choice with { Reference = reference, Profile = null, Endpoint = null };
        return _hosts[reference ?? ""] = ModelHost.Create(own, donors, answers);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
            await host.DisposeAsync();
    }
}
