namespace CognitiveTools.Llama.Downloads;

/// <summary>How models are downloaded.</summary>
public sealed record ModelDownloaderOptions
{
    /// <summary>Base address of Hugging Face or a mirror of it.</summary>
    /// <value>The default is the environment's <c>HF_ENDPOINT</c>, else <c>https://huggingface.co</c>.</value>
    public Uri HuggingFaceEndpoint { get; init; } =
        new(Environment.GetEnvironmentVariable("HF_ENDPOINT") is { Length: > 0 } endpoint ? endpoint : "https://huggingface.co");

    /// <summary>Access token for <see cref="HuggingFaceEndpoint"/>; sent nowhere else.</summary>
    /// <value>The default is the environment's <c>HF_TOKEN</c>.</value>
    public string? HuggingFaceToken { get; init; } =
        Environment.GetEnvironmentVariable("HF_TOKEN") is { Length: > 0 } token ? token : null;

    /// <summary>Attempts in one run, the first included; each goes on where the one before was cut.</summary>
    /// <value>The default is 5.</value>
    public int Attempts { get; init; } = 5;

    /// <summary>Wait before the second attempt; it doubles before each further one.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time without a byte after which a connection counts as cut.</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The npm client's command.</summary>
    /// <value>The default is <c>npm</c>.</value>
    public string NpmCommand { get; init; } = "npm";
}
