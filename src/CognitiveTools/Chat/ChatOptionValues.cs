using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Chat;

/// <summary>
/// Reads the keys of <see cref="ChatOptionKeys"/> for all clients of the toolkit, so that a value of the wrong type gets the same words
/// from each. A key that is missing or <see langword="null"/> reads as <see langword="null"/>.
/// </summary>
internal static class ChatOptionValues
{
    /// <exception cref="ArgumentException">The value is not a text.</exception>
    public static string? Text(ChatOptions? options, string key) => Of(options, key) switch
    {
        null => null,
        string text => text,
        var value => throw Wrong(options, key, $"a string, not {value.GetType().Name}"),
    };

    /// <returns>The number as it was given; the caller converts it.</returns>
    /// <exception cref="ArgumentException">The value is not a number.</exception>
    public static IConvertible? Number(ChatOptions? options, string key) => Of(options, key) switch
    {
        null => null,
        IConvertible number and not string => number,
        var value => throw Wrong(options, key, $"a number, not {value.GetType().Name}"),
    };

    /// <exception cref="ArgumentException">The value is not an int, or below the least one.</exception>
    public static int? Whole(ChatOptions? options, string key, int least) => Of(options, key) switch
    {
        null => null,
        int number when number >= least => number,
        var value => throw Wrong(options, key,
            string.Create(CultureInfo.InvariantCulture, $"a whole number (int) from {least}, not '{value}' ({value.GetType().Name})")),
    };

    /// <summary>The members of an object: pairs of .NET, or a JSON object. Of a name that stands twice, the last value counts.</summary>
    /// <exception cref="ArgumentException">The value is not an object.</exception>
    public static Dictionary<string, object?>? Members(ChatOptions? options, string key)
    {
        if (Of(options, key) is not { } value)
            return null;
        var pairs = value switch
        {
            IEnumerable<KeyValuePair<string, object?>> given => given,
            JsonElement { ValueKind: JsonValueKind.Object } json =>
                json.EnumerateObject().Select(static m => KeyValuePair.Create(m.Name, (object?)m.Value.Clone())),
            _ => throw Wrong(options, key, $"an object, not {value.GetType().Name}"),
        };
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, member) in pairs)
            members[name] = member;
        return members;
    }

    private static object? Of(ChatOptions? options, string key) => options?.AdditionalProperties?.GetValueOrDefault(key);

    private static ArgumentException Wrong(ChatOptions? options, string key, string wanted) =>
        new($"The option {key} must be {wanted}.", nameof(options));
}
