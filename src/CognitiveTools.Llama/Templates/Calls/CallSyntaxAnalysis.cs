using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// Finds how a template writes calls: it cuts rendered calls at the names and values that are known, and checks by reading further
/// calls back.
/// </summary>
internal sealed class CallSyntaxAnalysis(CallSamples samples)
{
    private const int ShortestOpening = 5; // characters; ordinary text may hold shorter ones

    /// <summary>The form.</summary>
    /// <exception cref="NotSupportedException">It is not known here; the message is the reason.</exception>
    public CallSyntax Find()
    {
        var text = CallSamples.Of(ValueKinds.Text);
        var turn = samples.Turn(CallSamples.Call(isOther: false, text))
            ?? throw new NotSupportedException($"it refuses a conversation with a call ({samples.Refusal})");
        turn = turn[Shared(turn, samples.AfterAnswer)..].TrimStart();
        var name = turn.IndexOf(CallSamples.Name, StringComparison.Ordinal);
        if (name < 0)
            throw new NotSupportedException("it leaves calls out, or writes them behind the end of the turn");
        var open = turn[..name];
        if (open.Count(static c => !char.IsWhiteSpace(c)) < ShortestOpening)
            throw new NotSupportedException("before a function's name it writes no mark that ordinary text cannot hold, too");
        var behind = turn[(name + CallSamples.Name.Length)..];
        var syntax = JsonForm(open, behind) ?? new PairAnalysis(samples, open, behind).Find();
        syntax = Marked(syntax);
        Check(syntax);
        return WithChannel(syntax);
    }

    // The models of gpt-oss were trained on two orders of a call's header, of which their template writes one.
    private static CallSyntax WithChannel(CallSyntax syntax) =>
        syntax.Arguments is JsonArguments { Middle: "<|channel|>commentary json<|message|>" } json
            ? syntax with { Lead = "<|channel|>commentary ", Arguments = json with { Other = " <|constrain|>json<|message|>" } }
            : syntax;

    /// <summary>Text between the end of the first call's last value and the second call's name, and what is behind that name.</summary>
    /// <param name="turn">A turn with calls of both functions.</param>
    /// <param name="before">The first call up to its end; all text before it is left out.</param>
    public static (string Join, string Behind)? JoinOf(string? turn, string before)
    {
        var start = turn?.IndexOf(before, StringComparison.Ordinal) ?? -1;
        if (start < 0)
            return null;
        var at = start + before.Length;
        var name = turn!.IndexOf(CallSamples.OtherName, at, StringComparison.Ordinal);
        return name < 0 ? null : (turn[at..name], turn[(name + CallSamples.OtherName.Length)..]);
    }

    private CallSyntax? JsonForm(string open, string behind)
    {
        var text = CallSamples.Of(ValueKinds.Text);
        var brace = behind.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0 || EndOfJson(behind, brace, text) is not { } end)
            return null;
        var middle = behind[..brace];
        var before = $"{open}{CallSamples.Name}{behind[..end]}";
        var join = JoinOf(samples.Turn(CallSamples.Call(isOther: false, text), CallSamples.Call(isOther: true, text)), before);
        var repeats = join is { } two
            && two.Behind.StartsWith(middle.Replace(CallSamples.Name, CallSamples.OtherName, StringComparison.Ordinal)
                .Replace(CallSamples.Id, CallSamples.OtherId, StringComparison.Ordinal), StringComparison.Ordinal);
        return new(open, repeats ? join!.Value.Join : null, behind[end..], new JsonArguments(middle));
    }

    private static int? EndOfJson(string text, int brace, (string Key, JsonElement Value) sample)
    {
        if (ValueTextReader.Read(text, brace) is not var (value, end) || value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty(sample.Key, out var found) || !JsonElement.DeepEquals(found, sample.Value))
            return null;
        return ValueTextReader.IsJson(text[brace..end]) ? end : null; // else as Python prints it
    }

    // What an ordinary answer is followed by does not begin a call.
    private static int Shared(string turn, string afterAnswer)
    {
        var common = turn[..turn.AsSpan().CommonPrefixLength(afterAnswer)];
        return common.LastIndexOfAny(['>', ']']) + 1;
    }

    private static CallSyntax Marked(CallSyntax syntax)
    {
        return new(Mark(syntax.Open), syntax.Join is { } join ? Mark(join) : null, Mark(syntax.Close), syntax.Arguments switch
        {
            JsonArguments json => new JsonArguments(Mark(json.Middle)),
            PairArguments pairs => pairs with
            {
                Middle = Mark(pairs.Middle),
                Next = Mark(pairs.Next),
                EmptyClose = Mark(pairs.EmptyClose),
                EmptyJoin = pairs.EmptyJoin is { } empty ? Mark(empty) : null,
            },
            var other => other,
        });

        static string Mark(string text) => text
            .Replace(CallSamples.Id, MarkText.Id.ToString(), StringComparison.Ordinal)
            .Replace(CallSamples.OtherId, MarkText.Id.ToString(), StringComparison.Ordinal)
            .Replace(CallSamples.Name, MarkText.Name.ToString(), StringComparison.Ordinal)
            .Replace(CallSamples.OtherName, MarkText.Name.ToString(), StringComparison.Ordinal);
    }

    private void Check(CallSyntax syntax)
    {
        _ = samples.WithResult(); // a template that cannot take results is of no use
        var all = CallSamples.Values.Where(sample => syntax.Arguments is not PairArguments pairs
            || pairs.Of(sample.Kind) is not null || sample.Kind == ValueKinds.MarkedText);
        var full = CallSamples.Call(isOther: false, [.. all.Select(static sample => (sample.Key, sample.Value))]);
        Require(syntax, full);
        Require(syntax, CallSamples.Call(isOther: false));
        if (syntax.Join is not null)
            Require(syntax, full, CallSamples.Call(isOther: true, CallSamples.Second), CallSamples.Call(isOther: false));
    }

    private void Require(CallSyntax syntax, params FunctionCallContent[] calls)
    {
        var turn = samples.Turn(calls) ?? throw new NotSupportedException($"it refuses a conversation with calls ({samples.Refusal})");
        var reader = new CallReader(syntax, CallSamples.Functions, begun: "", callsBefore: 0);
        var before = reader.Add(turn);
        var found = reader.Finish(isCut: false);
        if (found.Calls.Count == calls.Length && found.Behind.Length == 0
            && calls.Zip(found.Calls).All(static pair => AreEqual(pair.First, pair.Second)))
            return;
        throw new NotSupportedException("calls that it writes cannot be read back without a loss");
    }

    private static bool AreEqual(FunctionCallContent a, FunctionCallContent b) => a.Name == b.Name
        && a.Arguments!.Count == b.Arguments!.Count
        && a.Arguments.All(pair => b.Arguments.TryGetValue(pair.Key, out var value)
            && JsonElement.DeepEquals((JsonElement)pair.Value!, (JsonElement)value!));
}
