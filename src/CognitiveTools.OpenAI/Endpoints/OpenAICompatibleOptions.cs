namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>A server that speaks OpenAI's chat completions, bound from the configuration section <c>OpenAI</c>.</summary>
public sealed class OpenAICompatibleOptions
{
    /// <summary>The configuration section these options are bound from unless another is named.</summary>
    public const string Section = "OpenAI";

    /// <summary>The base address of <c>chat/completions</c>, which usually ends in <c>/v1</c>. Required.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model's name at that server. Required.</summary>
    public string? Model { get; set; }

    /// <summary>The key. Keep it out of files: prefer <see cref="ApiKeyVariable"/> or a store of secrets.</summary>
    /// <value>The default is <see langword="null"/>: no key is sent, as servers on the same machine want it.</value>
    public string? ApiKey { get; set; }

    /// <summary>The environment variable that holds the key; used when <see cref="ApiKey"/> is not set.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? ApiKeyVariable { get; set; }

    /// <summary>Time without an answer after which an attempt fails.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The number of retries after a failure of the transport: no connection, 408, 429 or 5xx. The server's Retry-After is honoured.
    /// </summary>
    /// <value>The default is 3. Use 0 with the eval harness, which retries requests itself and counts them.</value>
    public int Retries { get; set; } = 3;

    /// <summary>
    /// The server's name of the limit of tokens: <c>max_tokens</c>, which nearly all
    /// servers know, or <c>max_completion_tokens</c>, which OpenAI's newer models require.
    /// </summary>
    /// <value>The default is <c>max_tokens</c>.</value>
    public string TokenLimitName { get; set; } = TokenLimitPolicy.Common;

    /// <summary>
    /// Whether the tool loop uses native function calls by default. Servers without support answer with an error; turn it off for those.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool FunctionCalls { get; set; } = true;

    /// <summary>
    /// Whether to request answers as a stream, which keeps the text of a cancelled
    /// answer. Turn it off for servers without streams, or without usage in streams.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Stream { get; set; } = true;

    /// <summary>
    /// Whether thoughts that the server sent with a function call are sent back with that call (<c>reasoning_content</c>), until the
    /// next user message. Turn it off for servers that refuse the field.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ReturnThoughts { get; set; } = true;

    /// <summary>The configuration section, for messages.</summary>
    internal string Source { get; set; } = Section;

    internal Uri Address => new(Endpoint!, UriKind.Absolute);

    internal string? Key => ApiKey is { Length: > 0 } key ? key
        : ApiKeyVariable is { Length: > 0 } variable ? Environment.GetEnvironmentVariable(variable)
        : null;
}
