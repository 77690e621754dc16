namespace CognitiveTools.Models.Downloads;

/// <summary>How models are downloaded.</summary>
public sealed record ModelDownloaderOptions
{
    /// <summary>The environment variable that names <see cref="HuggingFaceEndpoint"/>.</summary>
    public const string EndpointVariable = "HF_ENDPOINT";

    /// <summary>The environment variable that holds <see cref="HuggingFaceToken"/>.</summary>
    public const string TokenVariable = "HF_TOKEN";

    /// <summary>Base address of Hugging Face or a mirror of it.</summary>
    /// <value>The default is the environment's <c>HF_ENDPOINT</c>, else <c>https://huggingface.co</c>.</value>
    public Uri HuggingFaceEndpoint { get; init; } = EndpointOf(Environment.GetEnvironmentVariable(EndpointVariable));

    /// <summary>Access token for <see cref="HuggingFaceEndpoint"/>; sent nowhere else.</summary>
    /// <value>
    /// The default is the environment's <c>HF_TOKEN</c>, else the token that Hugging Face's own programs keep: in the file that
    /// <c>HF_TOKEN_PATH</c> names, else in <c>HF_HOME</c>, else in <c>~/.cache/huggingface/token</c>.
    /// </value>
    public string? HuggingFaceToken
    {
        get => Login?.Token;
        init => Login = value is null ? null : new(value, TokenVariable);
    }

    /// <summary>The token and where it is from.</summary>
    internal HuggingFaceLogin? Login { get; init; } = HuggingFaceLogin.Find(
        Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>Attempts in one run, the first included; each attempt resumes where the previous one stopped.</summary>
    /// <value>The default is 5.</value>
    public int Attempts { get; init; } = 5;

    /// <summary>Wait before the second attempt; it doubles before each further attempt.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time without a byte after which a connection counts as broken.</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The npm client's command.</summary>
    /// <value>The default is <c>npm</c>.</value>
    public string NpmCommand { get; init; } = "npm";

    /// <summary>
    /// Checks a complete GGUF file before it gets its name, so that a wrong file never has that name. It returns the problem;
    /// <see langword="null"/> when the file is correct.
    /// </summary>
    /// <value>The default is <see langword="null"/>: checksums only. The engines have such a check for their files.</value>
    public Func<string, string?>? CheckGguf { get; init; }

    /// <exception cref="FormatException">The text is not an http(s) address.</exception>
    internal static Uri EndpointOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new Uri("https://huggingface.co");
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "https" or "http"
            ? endpoint!
            : throw new FormatException($"{EndpointVariable} is '{text}' but must be an http or https address.");
    }
}
