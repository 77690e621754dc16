namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>A server that speaks OpenAI's chat completions, bound from the configuration section <c>OpenAI</c>.</summary>
public sealed class OpenAICompatibleOptions
{
    /// <summary>The configuration section these options are bound from unless another is named.</summary>
    public const string Section = "OpenAI";

    /// <summary>The address under which <c>chat/completions</c> lies, usually one that ends in <c>/v1</c>. Required.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model's name at that server. Required.</summary>
    public string? Model { get; set; }

    /// <summary>The key. Keep it out of files: prefer <see cref="ApiKeyVariable"/> or a store of secrets.</summary>
    /// <value>The default is <see langword="null"/>: no key is sent, as servers on the same machine want it.</value>
    public string? ApiKey { get; set; }

    /// <summary>The environment variable that holds the key; used when <see cref="ApiKey"/> is not set.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? ApiKeyVariable { get; set; }

    /// <summary>Time without an answer after which one attempt is given up.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts after a first one that failed in transport: no connection, 408, 429 or 5xx. The server's Retry-After is
    /// kept.</summary>
    /// <value>The default is 3; where an eval harness repeats requests itself, and counts them, use 0.</value>
    public int Retries { get; set; } = 3;

    /// <summary>
    /// The name under which the server reads the limit of tokens: <c>max_tokens</c>, which nearly every one knows, or
    /// <c>max_completion_tokens</c>, which OpenAI's newer models insist on, and say so.
    /// </summary>
    /// <value>The default is <c>max_tokens</c>.</value>
    public string TokenLimitName { get; set; } = TokenLimitPolicy.Common;

    /// <summary>
    /// Whether the tool loop asks for native function calls, where a reasoner names no style. Servers without them answer with an
    /// error; turn it off for those.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool FunctionCalls { get; set; } = true;

    /// <summary>
    /// Whether answers are asked for as a stream, so that the text of one that is given up is kept. Nearly every server can; turn it
    /// off for those that cannot, or that report no usage in a stream.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Stream { get; set; } = true;

    /// <summary>Where the settings are from, for messages.</summary>
    internal string Source { get; set; } = Section;

    internal Uri Address => new(Endpoint!, UriKind.Absolute);

    internal string? Key => ApiKey is { Length: > 0 } key ? key
        : ApiKeyVariable is { Length: > 0 } variable ? Environment.GetEnvironmentVariable(variable)
        : null;
}
