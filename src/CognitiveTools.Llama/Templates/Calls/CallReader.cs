using System.Globalization;
using System.Text;
using CognitiveTools.Identity;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// Finds the calls in an answer while it is generated. The text before them is let through as soon as it cannot be a call; white space
/// between text and call is dropped.
/// </summary>
/// <param name="syntax">How calls are written.</param>
/// <param name="functions">The functions.</param>
/// <param name="begun">What the prompt has written of <see cref="CallSyntax.Open"/>.</param>
/// <param name="callsBefore">Calls of the conversation so far; they make the ids differ.</param>
internal sealed class CallReader(CallSyntax syntax, IReadOnlyList<DeclaredFunction> functions, string begun, int callsBefore)
{
    private readonly CallTextReader _calls = new(syntax, functions);
    private readonly StringBuilder _held = new(begun);
    private bool _isCall;

    /// <summary>Adds a piece of the answer.</summary>
    /// <returns>Text that is not a part of a call.</returns>
    public string Add(string piece)
    {
        _held.Append(piece);
        if (_isCall)
            return "";
        var text = _held.ToString();
        var from = 0;
        while (from < text.Length && Opening(text, from) is < 0 and not MarkText.Cut)
            from++;
        _isCall = Opening(text, from) >= 0;
        while (from > 0 && char.IsWhiteSpace(text[from - 1]))
            from--;
        _held.Remove(0, from);
        return text[..from];
    }

    /// <summary>The answer has ended.</summary>
    /// <param name="isCut">Whether the model would have written more.</param>
    /// <returns>Text before the calls, the calls, and text behind them: what cannot be read, because it was cut or is no call.</returns>
    public (string Before, IReadOnlyList<FunctionCallContent> Calls, string Behind) Finish(bool isCut)
    {
        var text = _held.ToString();
        _held.Clear();
        for (var at = 0; at < text.Length; at++)
        {
            var start = Opening(text, at);
            if (start < 0 || _calls.Read(text, start, isCut) is not { Calls.Count: > 0 } found)
                continue;
            var calls = found.Calls.Select((call, i) =>
                new FunctionCallContent(IdOf(call, i), call.Name, new Dictionary<string, object?>(call.Arguments)));
            return (text[..at].TrimEnd(), [.. calls], text[found.End..].TrimStart());
        }

        return (text.Length >= begun.Length ? text[begun.Length..] : text, [], "");
    }

    // Where the first name begins; MarkText.Cut when the text ends before.
    private int Opening(string text, int at)
    {
        var plain = MarkText.Match(text, at, syntax.Open, isLoose: true);
        if (plain >= 0 || syntax.Lead.Length == 0)
            return plain;
        var led = MarkText.Match(text, at, syntax.Lead + syntax.Open, isLoose: true);
        return led >= 0 || plain != MarkText.Cut ? led : plain;
    }

    // Nine letters and digits, as Mistral's templates want them.
    private string IdOf(FoundCall call, int number)
    {
        var place = (callsBefore + number).ToString(CultureInfo.InvariantCulture);
        var hash = FieldHash.Of([place, call.Name, .. call.Arguments.SelectMany(static pair => (string[])[pair.Key, $"{pair.Value}"])]);
        return "c" + hash[..8];
    }
}
