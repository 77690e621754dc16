using System.Text.Json;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Renders sample calls with a chat template, of which <see cref="CallSyntaxAnalysis"/> finds the form.</summary>
internal sealed class CallSamples
{
    /// <summary>Names of the functions that are called.</summary>
    public const string Name = "cog_sample_function", OtherName = "cog_other_function";

    /// <summary>Ids of the calls.</summary>
    public const string Id = "cogsample", OtherId = "cogsampl2";

    private const string Answer = "cog answer";

    private static readonly ChatMessage Question = new(ChatRole.User, "x");

    private readonly Func<IReadOnlyList<ChatMessage>, string> _render;
    private readonly IReadOnlyList<string> _ends;
    private readonly string _answer;
    private readonly int _answerAt;

    /// <param name="render">Renders a conversation.</param>
    /// <param name="ends">Texts of tokens that end a turn.</param>
    /// <exception cref="NotSupportedException">The template does not render an answer as it is.</exception>
    public CallSamples(Func<IReadOnlyList<ChatMessage>, string> render, IReadOnlyList<string> ends)
    {
        (_render, _ends) = (render, ends);
        _answer = render([Question, new(ChatRole.Assistant, Answer)]);
        _answerAt = _answer.LastIndexOf(Answer, StringComparison.Ordinal);
        if (_answerAt < 0)
            throw new NotSupportedException("It leaves answers out.");
    }

    /// <summary>The functions.</summary>
    public static IReadOnlyList<DeclaredFunction> Functions { get; } = [new(Name, "x", Schema()), new(OtherName, "x", Schema())];

    /// <summary>The arguments by the kind of their value.</summary>
    public static IReadOnlyList<(ValueKinds Kind, string Key, JsonElement Value)> Values { get; } =
    [
        (ValueKinds.Text, "cog_text", Json("\"cog value\"")),
        (ValueKinds.MarkedText, "cog_marked", Json("""  "cog <a> & \"b\" 'c' \\n\ncog end"  """)),
        (ValueKinds.Integer, "cog_integer", Json("7214")),
        (ValueKinds.Number, "cog_number", Json("72.5")),
        (ValueKinds.Boolean, "cog_boolean", Json("true")),
        (ValueKinds.Null, "cog_null", Json("null")),
        (ValueKinds.Object, "cog_object", Json("""{"cog_inner":"cog text","cog_list":[1,true,"x"]}""")),
        (ValueKinds.Array, "cog_array", Json("""["cog item",7,{"cog_deep":false}]""")),
    ];

    /// <summary>A text argument beside <see cref="ValueKinds.Text"/>.</summary>
    public static (string Key, JsonElement Value) Second { get; } = ("cog_word", Json("\"cog second\""));

    /// <summary>What follows an ordinary answer.</summary>
    public string AfterAnswer => _answer[(_answerAt + Answer.Length)..];

    /// <summary>The argument of a kind.</summary>
    public static (string Key, JsonElement Value) Of(ValueKinds kind) => Values.Where(sample => sample.Kind == kind)
        .Select(static sample => (sample.Key, sample.Value)).First();

    /// <summary>A call of the first or the other function.</summary>
    public static FunctionCallContent Call(bool isOther, params ReadOnlySpan<(string Key, JsonElement Value)> arguments)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in arguments)
            values.Add(key, value);
        return new(isOther ? OtherId : Id, isOther ? OtherName : Name, values);
    }

    /// <summary>
    /// A turn with calls, from where it differs from one without to the first token that ends it; <see langword="null"/> when the template
    /// refuses it.
    /// </summary>
    public string? Turn(params IEnumerable<FunctionCallContent> calls)
    {
        string text;
        try
        {
            text = Rendered(calls);
        }
        catch (NotSupportedException e)
        {
            Refusal = Reason(e);
            return null;
        }

        text = text[StartOf(text)..];
        if (AfterAnswer is { Length: > 0 } rest && text.EndsWith(rest, StringComparison.Ordinal))
            text = text[..^rest.Length];
        foreach (var token in _ends)
        {
            if (token.Length > 0 && text.IndexOf(token, StringComparison.Ordinal) is >= 0 and var at)
                text = text[..at];
        }

        return text.TrimEnd();
    }

    /// <summary>What the template said when it refused a turn last.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>An error of a template without its remedy, for a reason.</summary>
    public static string Reason(NotSupportedException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return (error.InnerException?.Message ?? error.Message).TrimEnd('.');
    }

    // A mark that begins like the one of an answer is taken whole.
    private int StartOf(string text)
    {
        var start = Math.Min(text.AsSpan().CommonPrefixLength(_answer), _answerAt);
        var open = text.AsSpan(0, start).LastIndexOfAny('<', '[');
        return open >= 0 && text.AsSpan(open, start - open).IndexOfAny('>', ']', '\n') < 0 ? open : start;
    }

    /// <summary>A conversation with a call and its result, as the template renders it.</summary>
    /// <exception cref="NotSupportedException">The template refuses it.</exception>
    public string WithResult() => _render(
    [
        Question, new(ChatRole.Assistant, [Call(isOther: false, Of(ValueKinds.Text))]),
        new(ChatRole.Tool, [new FunctionResultContent(Id, "y")]),
    ]);

    private string Rendered(IEnumerable<FunctionCallContent> calls) => _render([Question, new(ChatRole.Assistant, [.. calls])]);

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    // Without the null: some templates cannot write its type.
    private static JsonElement Schema() => Json("""
        {"type":"object","properties":{"cog_text":{"type":"string"},"cog_marked":{"type":"string"},"cog_integer":{"type":"integer"},
        "cog_number":{"type":"number"},"cog_boolean":{"type":"boolean"},
        "cog_object":{"type":"object","properties":{"cog_inner":{"type":"string"},"cog_list":{"type":"array","items":{"type":"string"}}}},
        "cog_array":{"type":"array","items":{"type":"string"}},"cog_word":{"type":"string"}}}
        """);
}
