using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>How one request with functions is asked and read.</summary>
internal sealed class CallPlan
{
    private readonly CallForm _form;
    private readonly CallMarks _marks;
    private readonly PromptSettings _settings;
    private readonly int _callsBefore;
    private readonly string? _note;
    private string _begun = ""; // what the prompt has written of the opening

    private CallPlan(CallForm form, CallMarks marks, PromptSettings settings, int callsBefore, string? note) =>
        (_form, _marks, _settings, _callsBefore, _note) = (form, marks, settings, callsBefore, note);

    /// <summary>Remarks for the response.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (_form.Problem is { } problem)
                yield return $"The functions were described in the system prompt, because {problem}. A model that was not trained for it "
                    + "may call them badly.";
            if (_note is not null)
                yield return _note;
        }
    }

    private CallSyntax Syntax => _form.Syntax;

    /// <summary>Plans a request and encodes its prompt.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="settings">What is given to the template, functions included.</param>
    /// <param name="options">How to generate; changed to bind the calls.</param>
    /// <exception cref="NotSupportedException">Another grammar is asked for at the same time.</exception>
    public static (CallPlan Plan, int[] Prompt) Make(
        LlamaTokenizer tokenizer, IEnumerable<ChatMessage> messages, PromptSettings settings, ref GenerationOptions options)
    {
        if (options.Sampling.Grammar is not null)
            throw new NotSupportedException(
                "ChatOptions.Tools and a grammar (or ResponseFormat) cannot be combined by the local llama client. Leave one of them out.");
        ChatMessage[] given = [.. messages];
        var chat = tokenizer.ChatWithTools;
        var form = chat.Calls.Syntax.ProblemOf(settings.Functions) is { } problem ? CallForm.Generic(problem) : chat.Calls;
        var (spans, note) = form.IsDescribed
            ? chat.Render(GenericCalls.Describe(given, settings.Functions, form), settings with { Functions = [] })
            : chat.Render(given, settings);
        var callsBefore = given.Sum(static m => m.Contents.OfType<FunctionCallContent>().Count());
        var plan = new CallPlan(form, chat.MarksOf(form.Syntax), settings, callsBefore, note);
        options = plan.Bind(options, string.Concat(spans.Select(static span => span.Text)));
        return (plan, chat.Encode(spans));
    }

    /// <summary>A reader of the answer.</summary>
    public CallReader NewReader() => new(Syntax, _settings.Functions, _begun, _callsBefore);

    // Where the prompt has begun the call already, or a call is required, the grammar binds at once; else from the opening on. What it
    // binds is a call, in which stop sequences mean nothing.
    private GenerationOptions Bind(GenerationOptions options, string prompt)
    {
        var functions = _settings.RequiredFunction is { Length: > 0 } name
            ? [.. _settings.Functions.Where(function => function.Name == name)]
            : _settings.Functions;
        var isSingle = _settings.IsSingleCall || _settings.RequiredFunction is not null;
        _begun = BegunIn(prompt);
        var isTriggered = _begun.Length == 0 && !_settings.RequiresCall;
        return options with
        {
            StopSequences = isTriggered ? options.StopSequences : [],
            CallMarks = [Syntax.Lead + _marks.Trigger, _marks.Trigger],
            Sampling = options.Sampling with
            {
                Grammar = FunctionGrammar.Write(Syntax, functions, isSingle, _begun.Length, isTriggered),
                GrammarTrigger = isTriggered ? _marks.Trigger : null,
                ShownTokens = _marks.Shown,
            },
        };
    }

    // One character is chance.
    private string BegunIn(string prompt)
    {
        for (var length = Syntax.Open.Length; length > 1; length--)
        {
            var begun = Syntax.Open[..length];
            if (prompt.EndsWith(begun, StringComparison.Ordinal) && !begun.Contains(MarkText.Id))
                return begun;
        }

        return "";
    }
}
