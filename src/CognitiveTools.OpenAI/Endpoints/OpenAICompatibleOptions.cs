namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>A server that speaks OpenAI's chat completions, bound from the configuration section <c>OpenAI</c>.</summary>
public sealed class OpenAICompatibleOptions
{
    /// <summary>The configuration section these options are bound from unless another is named.</summary>
    public const string Section = "OpenAI";

    /// <summary>The header of a bearer token.</summary>
    internal const string BearerHeader = "Authorization";

    private static readonly string[] AzureHosts = [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"];

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
    /// Time for which to wait for a server that answers 503 because it loads the model.
    /// </summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Which API of the server to use: <c>chat</c> (chat completions), <c>responses</c> (OpenAI's Responses API, the only one of some of
    /// its models), or <c>auto</c>: chat completions, until the server says that the model has the other one only.
    /// </summary>
    /// <value>The default is <c>auto</c>.</value>
    public string Api { get; set; } = EndpointApis.Automatic;

    /// <summary>
    /// The header that carries the key: <c>Authorization</c> (as a bearer token), or another one, such as Azure's <c>api-key</c>.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: <c>api-key</c> for an address of Azure or with <c>api-version=</c>, else
    /// <c>Authorization</c>.
    /// </value>
    public string? KeyHeader { get; set; }

    /// <summary>
    /// The field that tells the model how much to think: <c>reasoning_effort</c>, <c>chat_template_kwargs</c> (vLLM, llama-server), or
    /// <c>auto</c>: the latter if the server's list of models names one of these servers.
    /// </summary>
    /// <value>The default is <c>auto</c>.</value>
    public string ThinkingField { get; set; } = ThinkingFields.Automatic;

    /// <summary>
    /// The name of the limit of tokens to try first: <c>max_tokens</c>, which nearly all servers know, or
    /// <c>max_completion_tokens</c>, which OpenAI's newer models require. The other one is used after the server has refused it.
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

    /// <summary>What messages call a setting, given its key; a program that sets some by options of its command line names those.</summary>
    internal Func<string, string> Naming { get; set; } = static key => key;

    /// <summary>What messages call one of these options.</summary>
    internal string NameOf(string option) => Naming($"{Source}:{option}");

    internal Uri Address => new(Endpoint!, UriKind.Absolute);

    /// <summary>The address of the server's list of models; the query, such as Azure's <c>api-version</c>, stays.</summary>
    internal Uri ModelsAddress
    {
        get
        {
            var address = new UriBuilder(Address);
            address.Path = address.Path.TrimEnd('/') + "/models";
            return address.Uri;
        }
    }

    /// <summary>The header of the key.</summary>
    internal string HeaderOfKey => KeyHeader
        ?? (Address.Query.Contains("api-version=", StringComparison.OrdinalIgnoreCase)
            || AzureHosts.Any(host => Address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)) ? "api-key" : BearerHeader);

    internal string? Key => ApiKey is { Length: > 0 } key ? key
        : ApiKeyVariable is { Length: > 0 } variable ? Environment.GetEnvironmentVariable(variable)
        : null;
}
