using CognitiveTools.Models.Names;

namespace CognitiveTools.Models.Downloads;

/// <summary>The user's access token of Hugging Face, from where its own programs keep it.</summary>
/// <param name="Token">The token.</param>
/// <param name="Place">The environment variable or the file that holds it, for messages.</param>
internal sealed record HuggingFaceLogin(string Token, string Place)
{
    /// <summary>The environment variable that names the file of the token.</summary>
    public const string FileVariable = "HF_TOKEN_PATH";

    /// <summary>The environment variable that names Hugging Face's folder, in which the file is <c>token</c>.</summary>
    public const string HomeVariable = "HF_HOME";

    private const string FormerVariable = "HUGGING_FACE_HUB_TOKEN"; // Hugging Face's programs read it too

    /// <summary>
    /// The token: of <c>HF_TOKEN</c>, else of its former name <c>HUGGING_FACE_HUB_TOKEN</c>; else of the file that
    /// <c>HF_TOKEN_PATH</c> names, else of <c>token</c> in <c>HF_HOME</c>, else of <c>~/.cache/huggingface/token</c> (with
    /// <c>XDG_CACHE_HOME</c> in place of <c>~/.cache</c>). <see langword="null"/> without one.
    /// </summary>
    /// <exception cref="InvalidDataException">The file exists and cannot be read, or the token cannot be sent.</exception>
    public static HuggingFaceLogin? Find(Func<string, string?> variable, string home)
    {
        foreach (var name in (string[])[ModelDownloaderOptions.TokenVariable, FormerVariable])
        {
            if (variable(name)?.Trim() is { Length: > 0 } given)
                return Checked(given, name);
        }

        if (FileOf(variable, home) is not { } file || !File.Exists(file))
            return null;
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } stored ? Checked(stored, file) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"The file {file} of the Hugging Face token cannot be read: {error.Message} Correct its rights, or set HF_TOKEN.", error);
        }
    }

    private static string? FileOf(Func<string, string?> variable, string home)
    {
        if (variable(FileVariable) is { Length: > 0 } named)
            return UserFolder.Expand(named, home);
        if (variable(HomeVariable) is { Length: > 0 } folder)
            return Path.Combine(UserFolder.Expand(folder, home), "token");
        var cache = variable("XDG_CACHE_HOME") is { Length: > 0 } moved ? moved : home.Length == 0 ? null : Path.Combine(home, ".cache");
        return cache is null ? null : Path.Combine(cache, "huggingface", "token");
    }

    private static HuggingFaceLogin Checked(string token, string place) => token.All(static c => c is > ' ' and < '\x7f')
        ? new(token, place)
        : throw new InvalidDataException(
            $"{place} does not hold a Hugging Face token: it has a space or another character that no token has. Correct it.");
}
