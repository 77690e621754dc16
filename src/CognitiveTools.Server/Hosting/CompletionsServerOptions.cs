using CognitiveTools.Reasoners;

namespace CognitiveTools.Server.Hosting;

/// <summary>How a <see cref="CompletionsServer"/> listens and what it serves.</summary>
public sealed record CompletionsServerOptions
{
    /// <summary>The name of the plain chat model, as requests give it.</summary>
    public required string ModelName { get; init; }

    /// <summary>The address to listen on: an IP address or <c>localhost</c>.</summary>
    /// <value>The default is <c>127.0.0.1</c>: this machine only.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    /// <value>The default is 8080.</value>
    public int Port { get; init; } = 8080;

    /// <summary>The key that requests must bring (<c>Authorization: Bearer</c>); <see langword="null"/> asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What one solve of a reasoner may spend.</summary>
    public Budget Budget { get; init; } = Budget.Default;

    /// <summary>Reasoner specs to list beside the bare kinds; any other can be named all the same.</summary>
    public IReadOnlyList<string> Examples { get; init; } = ["latent:rule=soft,steps=8"];

    /// <summary>Requests that are answered at the same time; others wait.</summary>
    /// <value>The default is 16.</value>
    public int Parallel { get; init; } = 16;

    /// <summary>Requests that may wait; one more is refused with status 429.</summary>
    /// <value>The default is 256.</value>
    public int Waiting { get; init; } = 256;

    /// <summary>The longest body of a request in bytes.</summary>
    /// <value>The default is 4 MiB.</value>
    public long MaxBodyBytes { get; init; } = 4 << 20;
}
