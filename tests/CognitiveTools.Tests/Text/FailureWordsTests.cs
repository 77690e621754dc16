using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Tests.Text;

public sealed class FailureWordsTests
{
#pragma warning disable CA2201 // the runtime's own exceptions are what is tested
    public static TheoryData<Exception, string> Cases => new()
    {
        { new HttpRequestException("Nothing answers at x."), "Nothing answers at x." },
        { new NotSupportedException("Leave it out."), "Leave it out." },
        { new ArgumentException("Give a name.", "name"), "Give a name." },
        { new TimeoutException("No answer in 5 s."), "No answer in 5 s." },
        { new OperationCanceledException("The request took 100 s.", new TimeoutException()), "The request took 100 s." },
        { new OwnException("The worker exited."), "The worker exited." },
        { new HttpIOException(HttpRequestError.ResponseEnded, "The response ended."), "The response ended." },
        { new AggregateException(new IOException("one"), new IOException("two"), new IOException("one")), "one two" },
        { new NullReferenceException("Object reference"), "unexpected error (NullReferenceException): Object reference" },
        { new ArgumentNullException("x", "No null."), "unexpected error (ArgumentNullException): No null." },
        { new IndexOutOfRangeException("Index"), "unexpected error (IndexOutOfRangeException): Index" },
        { new InvalidCastException("Cast"), "unexpected error (InvalidCastException): Cast" },
        { new KeyNotFoundException("Key"), "unexpected error (KeyNotFoundException): Key" },
        { new DivideByZeroException("Zero"), "unexpected error (DivideByZeroException): Zero" },
        { new TaskCanceledException("A task"), "unexpected error (TaskCanceledException): A task" },
        {
            new OwnException(null),
            "unexpected error (OwnException): Exception of type 'CognitiveTools.Tests.Text.FailureWordsTests+OwnException' was thrown."
        },
    };
#pragma warning restore CA2201

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void A_clear_message_stands_alone_and_any_other_is_called_an_unexpected_error(Exception failure, string expected) =>
        Assert.Equal(expected, FailureWords.Of(failure));

    [Fact]
    public void A_fault_of_JSON_is_in_plain_words()
    {
        var refusal = Assert.ThrowsAny<JsonException>(static () => JsonDocument.Parse("{\"a\": 1"));
        Assert.StartsWith("A text is not valid JSON: ", FailureWords.Of(refusal), StringComparison.Ordinal);
    }

    private sealed class OwnException(string? message) : Exception(message);
}
