using CognitiveTools.Reasoners;

namespace CognitiveTools.Server.Hosting;

/// <summary>How a <see cref="CompletionsServer"/> listens and what it serves.</summary>
public sealed record CompletionsServerOptions
{
    /// <summary>The name of the plain chat model, as requests give it.</summary>
    public required string ModelName { get; init; }

    /// <summary>The address to listen on: an IP address or <c>localhost</c>. Another one than this machine's own loopback needs a
    /// key.</summary>
    /// <value>The default is <c>127.0.0.1</c>: this machine only.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    /// <value>The default is 8080.</value>
    public int Port { get; init; } = 8080;

    /// <summary>
    /// The keys, one of which requests must bring (<c>Authorization: Bearer</c>). Where there are several, each has a part of the
    /// prefix cache of its own, so that the holder of one cannot find out what the holder of another asked.
    /// </summary>
    /// <value>The default is none: no key is asked for.</value>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>
    /// Names that the server answers to besides its address, <c>localhost</c> and, when other machines reach it, the machine's name:
    /// what clients or a proxy send in the header <c>Host</c>.
    /// </summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// Whether answers say how many positions the prefix cache served. Holders of the same key can then find out, word by word, what
    /// others with that key asked.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReportsCachedTokens { get; init; }

    /// <summary>What one solve of a reasoner may spend.</summary>
    public Budget Budget { get; init; } = Budget.Default;

    /// <summary>Reasoner specs to list in addition to the bare kinds; any other can be named too.</summary>
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

    /// <summary>How long a body may take to arrive; the request takes no place among those that are answered until it is there.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most messages of one request, and the most parts of one message.</summary>
    /// <value>The default is 1,024.</value>
    public int MaxMessages { get; init; } = 1024;
}
