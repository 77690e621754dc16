using System.Text.Json;
using System.Text.RegularExpressions;

namespace CognitiveTools.Text;

/// <summary>Says for a user what an exception reports: its message alone, or with its type where the message alone means nothing.</summary>
internal static partial class FailureWords
{
    /// <summary>The words; they begin with no type.</summary>
    public static string Of(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several =>
            string.Join(" ", several.InnerExceptions.Select(Of).Distinct(StringComparer.Ordinal)),
        TypeInitializationException { InnerException: { } cause } => Of(cause),
        _ when IsUnexpected(failure) => $"unexpected error ({failure.GetType().Name}): {MessageOf(failure)}",
        _ => MessageOf(failure),
    };

    // What the runtime throws where a program has a fault, or says in words of its own. The rest says itself what is wrong.
    private static bool IsUnexpected(Exception failure) => failure switch
    {
        ArgumentNullException or ArithmeticException or ArrayTypeMismatchException or IndexOutOfRangeException => true,
        InvalidCastException or KeyNotFoundException or NotImplementedException or NullReferenceException => true,
        ObjectDisposedException or OutOfMemoryException or RankException or TypeLoadException => true,
        OperationCanceledException => failure.InnerException is not TimeoutException, // how HttpClient reports its own time-out
        _ => failure.Message.Length == 0 || failure.Message.Contains(failure.GetType().ToString(), StringComparison.Ordinal),
    };

    // "(Parameter 'x')" and "(ResponseEnded)" are for programmers; the former can be anywhere in a message.
    private static string MessageOf(Exception failure) => failure switch
    {
        JsonException json => $"A text is not valid JSON: {JsonFault.Reason(json)}",
        HttpIOException http => http.Message.Replace($" ({http.HttpRequestError})", "", StringComparison.Ordinal),
        _ => ParameterName().Replace(failure.Message, ""),
    };

    [GeneratedRegex(@" \(Parameter '\w+'\)", RegexOptions.NonBacktracking)]
    private static partial Regex ParameterName();
}
