using CognitiveTools.Reasoners;

namespace CognitiveTools.Server.Hosting;

/// <summary>Options of a <see cref="CompletionsServer"/>.</summary>
public sealed record CompletionsServerOptions
{
    /// <summary>The name of the plain chat model, as requests give it.</summary>
    public required string ModelName { get; init; }

    /// <summary>
    /// The address to listen on: an IP address or <c>localhost</c>. An address other than the loopback needs a key.
    /// </summary>
    /// <value>The default is <c>127.0.0.1</c>: this machine only.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    /// <value>The default is 8080.</value>
    public int Port { get; init; } = 8080;

    /// <summary>
    /// The accepted keys (<c>Authorization: Bearer</c>). With several keys, each has its own partition of the prefix cache, so that
    /// the holder of one cannot find out what the holder of another asked.
    /// </summary>
    /// <value>The default is empty: no key is required.</value>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>
    /// Names that clients or a proxy may send in the header <c>Host</c>, besides the server's
    /// address, <c>localhost</c> and, when other machines can reach it, the machine's name.
    /// </summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// Whether answers say how many positions the prefix cache served. Holders of the same key can then find out, word by word, what
    /// others with that key asked.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReportsCachedTokens { get; init; }

    /// <summary>The budget of one solve of a reasoner.</summary>
    public Budget Budget { get; init; } = Budget.Default;

    /// <summary>Reasoner specs to list in addition to the kinds; requests may use any other spec too.</summary>
    public IReadOnlyList<string> Examples { get; init; } = ["latent:rule=soft,steps=8"];

    /// <summary>The number of requests that are answered concurrently; others wait.</summary>
    /// <value>The default is 16.</value>
    public int Parallel { get; init; } = 16;

    /// <summary>The number of requests that may wait; more are refused with status 429.</summary>
    /// <value>The default is 256.</value>
    public int Waiting { get; init; } = 256;

    /// <summary>The longest body of a request in bytes.</summary>
    /// <value>The default is 4 MiB.</value>
    public long MaxBodyBytes { get; init; } = 4 << 20;

    /// <summary>The time limit for receiving a body. Until it is complete, the request does not count among the concurrent ones.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most messages of one request, and the most parts of one message.</summary>
    /// <value>The default is 1,024.</value>
    public int MaxMessages { get; init; } = 1024;
}
