using Microsoft.Extensions.Options;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>Reports invalid settings when the host starts, not at the first question.</summary>
internal sealed class OpenAICompatibleOptionsValidator : IValidateOptions<OpenAICompatibleOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAICompatibleOptions options)
    {
        var failures = Failures(options).Select(failure => $"{options.NameOf(failure.Option)} {failure.Problem}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // The messages do not contain the values of Endpoint and ApiKey, because both may be secret.
    private static IEnumerable<(string Option, string Problem)> Failures(OpenAICompatibleOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Endpoint))
            yield return (nameof(options.Endpoint), "is missing. Give the server's address, for instance http://127.0.0.1:8080/v1.");
        else if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return (nameof(options.Endpoint), "is not an absolute http or https address, such as http://127.0.0.1:8080/v1.");
        else if (address.UserInfo.Length > 0)
            yield return (nameof(options.Endpoint), "holds a user name or password. Take it out, and name the environment variable of the "
                + $"key in {options.NameOf(nameof(options.ApiKeyVariable))}.");
        if (string.IsNullOrWhiteSpace(options.Model))
            yield return (nameof(options.Model), "is missing. Give the name that the server has for its model.");
        if (options.ApiKey is null or "" && options.ApiKeyVariable is { Length: > 0 } variable
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            yield return (nameof(options.ApiKeyVariable), $"names the environment variable '{variable}', which is not set. Set it to the "
                + "key, or leave it out for a server that wants none.");
        if (options.TokenLimitName is not (TokenLimitPolicy.Common or TokenLimitPolicy.Modern))
            yield return (nameof(options.TokenLimitName), $"is '{options.TokenLimitName}'; it must be {TokenLimitPolicy.Common} or "
                + $"{TokenLimitPolicy.Modern}.");
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromDays(1))
            yield return (nameof(options.Timeout), $"is {options.Timeout}; it must be above 0 and at most a day.");
        if (options.LoadTimeout < TimeSpan.Zero || options.LoadTimeout > TimeSpan.FromDays(1))
            yield return (nameof(options.LoadTimeout), $"is {options.LoadTimeout}; it must be from 0 to a day.");
        if (!EndpointApis.Knows(options.Api))
            yield return (nameof(options.Api), $"is '{options.Api}'; it must be {EndpointApis.Automatic}, {EndpointApis.Chat} or "
                + $"{EndpointApis.Responses}.");
        if (!ThinkingFields.Knows(options.ThinkingField))
            yield return (nameof(options.ThinkingField), $"is '{options.ThinkingField}'; it must be {ThinkingFields.Automatic}, "
                + $"{ThinkingFields.Effort} or {ThinkingFields.Template}.");
        if (options.KeyHeader is { } header
            && (header.Length == 0 || header.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))))
            yield return (nameof(options.KeyHeader), "is not the name of a header, such as api-key.");
        if (options.Retries is < 0 or > 20)
            yield return (nameof(options.Retries), $"is {options.Retries}; it must be from 0 to 20.");
    }
}
