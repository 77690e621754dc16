using System.Net;
using System.Text.RegularExpressions;
using CognitiveTools.OpenAI.Answers;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// What to do about a server's refusal of a request: send it again in another form, or say which setting to change. One per request.
/// </summary>
internal sealed partial class RefusalRemedies(ServerLimits limits, OpenAICompatibleOptions options)
{
    private static readonly int[] Statuses = [400, 404, 422, 501];
    private const int MostAttempts = 12; // more than there are parameters to leave out
    private int _attempts;

    /// <summary>Learns from a refusal.</summary>
    /// <returns>Whether the request is to be sent again.</returns>
    public bool Apply(Exception thrown, SentRequest request)
    {
        if (++_attempts > MostAttempts)
            return false;
        if (!request.UsesResponses && EndpointOutcome.WantsResponses(thrown) && limits.UseResponses())
            return true;
        foreach (var parameter in RefusedBy(thrown))
        {
            if (parameter is TokenLimitPolicy.Common or TokenLimitPolicy.Modern)
            {
                if (request.Options.MaxOutputTokens is not null && limits.RenameTokenLimit(request.TokenLimitName))
                    return true;
            }
            else if (parameter is "stream" or "stream_options")
            {
                if (!request.Streams)
                    continue;
                limits.StopStreams();
                return true;
            }
            else if (RequestAdapter.Set(request.Options).Contains(parameter, StringComparer.Ordinal)
                && RequestAdapter.IsOptional(request.Options, parameter))
            {
                _ = limits.Refuse(parameter);
                return true;
            }
        }

        // Servers say in many words, some with 500, that they cannot read the arguments; the parameters above are named.
        if (request.BrokenArguments is not true || EndpointOutcome.TextOf(thrown, [.. Statuses, 500]) is null)
            return false;
        _ = limits.Refuse(BrokenArguments.Name);
        return true;
    }

    /// <summary>
    /// The error for a parameter that the user asked for, or for the limit of tokens; <see langword="null"/> when the refusal names none
    /// of the request.
    /// </summary>
    public HttpRequestException? Explain(Exception thrown, SentRequest request)
    {
        var sent = RequestAdapter.Set(request.Asked).ToList();
        if (request.Options.MaxOutputTokens is not null)
            sent.AddRange([TokenLimitPolicy.Common, TokenLimitPolicy.Modern]);
        if (RefusedBy(thrown).FirstOrDefault(sent.Contains) is not { } parameter)
            return ExplainLimit(thrown, request);
        var text = EndpointOutcome.TextOf(thrown, [.. Statuses, 500]) ?? "";
        return new HttpRequestException(
            $"{options.Endpoint} refuses {parameter} for the model '{options.Model}'. {ParameterWords.RemedyOf(parameter, options)} "
                + ServerMessage.Of(text),
            thrown, HttpStatusCode.BadRequest);
    }

    private HttpRequestException? ExplainLimit(Exception thrown, SentRequest request)
    {
        var text = ServerMessage.Of(EndpointOutcome.TextOf(thrown, Statuses) ?? "");
        return request.Options.MaxOutputTokens is { } limit && TokenLimits().IsMatch(text)
            ? new HttpRequestException(
                $"{options.Endpoint} does not take the limit of {limit} tokens for the model '{options.Model}'. Change it: --max-tokens, "
                    + $"tokensPerTurn in a suite. {text}",
                thrown, HttpStatusCode.BadRequest)
            : null;
    }

    // llama-server answers 500 when it was started without an option that a parameter needs.
    private static IReadOnlyList<string> RefusedBy(Exception thrown) =>
        EndpointOutcome.TextOf(thrown, Statuses) is { } body ? RefusedParameter.Of(body)
        : EndpointOutcome.TextOf(thrown, 500) is { } failure && failure.Contains("requires --", StringComparison.Ordinal)
            ? RefusedParameter.Of(failure)
        : [];

    [GeneratedRegex(@"\bmax_(?:completion_|output_|new_)?tokens\b", RegexOptions.NonBacktracking)]
    private static partial Regex TokenLimits();
}
