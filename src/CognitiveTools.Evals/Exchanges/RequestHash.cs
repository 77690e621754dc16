using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>Hash of everything in a request that decides its response: messages, sampling, limits, stops, format.</summary>
internal static class RequestHash
{
    public static string Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var message in messages)
        {
            Add(hash, message.Role.Value);
            foreach (var content in message.Contents)
                Add(hash, content is TextContent text ? text.Text : content.GetType().Name);
        }

        foreach (var part in Options(options ?? new ChatOptions()))
            Add(hash, part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Options(ChatOptions options)
    {
        yield return FormattableString.Invariant(
            $"{options.Temperature:R} {options.TopP:R} {options.TopK} {options.Seed} {options.MaxOutputTokens} {options.FrequencyPenalty:R} {options.PresencePenalty:R}");
        foreach (var stop in options.StopSequences ?? [])
            yield return stop;
        yield return options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? schema.GetRawText() : options.ResponseFormat?.GetType().Name ?? "";
        foreach (var (key, value) in (options.AdditionalProperties ?? []).OrderBy(p => p.Key, StringComparer.Ordinal))
            yield return $"{key}={Convert.ToString(value, CultureInfo.InvariantCulture)}";
    }

    // Lengths go first, so that no two different lists of parts run together into the same bytes.
    private static void Add(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
