using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>How one request with functions is asked and read.</summary>
internal sealed class CallPlan
{
    private readonly LlamaTokenizer _tokenizer;
    private readonly CallSyntax _syntax;
    private readonly PromptSettings _settings;
    private readonly int _callsBefore;
    private int _begun; // characters of the opening that the prompt has written

    private CallPlan(LlamaTokenizer tokenizer, CallSyntax syntax, PromptSettings settings, int callsBefore) =>
        (_tokenizer, _syntax, _settings, _callsBefore) = (tokenizer, syntax, settings, callsBefore);

    /// <summary>Whether the template knows no tools, so that they are described in the system prompt.</summary>
    public bool IsGeneric { get; private init; }

    /// <summary>Plans a request and encodes its prompt.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="settings">What is given to the template, functions included.</param>
    /// <param name="options">How to generate; changed to bind the call.</param>
    /// <exception cref="NotSupportedException">Another grammar is asked for at the same time.</exception>
    public static (CallPlan Plan, int[] Prompt) Make(
        LlamaTokenizer tokenizer, IEnumerable<ChatMessage> messages, PromptSettings settings, ref GenerationOptions options)
    {
        if (options.Sampling.Grammar is not null)
            throw new NotSupportedException(
                "ChatOptions.Tools and a grammar (or ResponseFormat) cannot be combined by the local llama client. Leave one of them out.");
        ChatMessage[] given = [.. messages];
        var own = tokenizer.Chat.CallSyntax;
        var plan = new CallPlan(
            tokenizer, own ?? CallSyntax.Generic, settings, given.Sum(static m => m.Contents.OfType<FunctionCallContent>().Count()))
        {
            IsGeneric = own is null,
        };
        var spans = own is null
            ? tokenizer.Chat.Template.Render(GenericCalls.Describe(given, settings.Functions), settings with { Functions = [] })
            : tokenizer.Chat.Template.Render(given, settings);
        options = options with { Sampling = plan.Bind(options.Sampling, string.Concat(spans.Select(static span => span.Text))) };
        return (plan, tokenizer.Chat.Encode(spans));
    }

    /// <summary>A reader of the answer.</summary>
    public CallReader NewReader() => new(
        [.. _settings.Functions.Select(
            function => (Visible(_syntax.Open[_begun..]) + function.Name + Visible(_syntax.Middle), function.Name))],
        _callsBefore);

    // Where the prompt has begun the call already, or a call is required, the grammar binds at once; else from the opening on.
    private SamplingOptions Bind(SamplingOptions sampling, string prompt)
    {
        var functions = _settings.RequiredFunction is { Length: > 0 } name
            ? [.. _settings.Functions.Where(function => function.Name == name)]
            : _settings.Functions;
        _begun = BegunIn(prompt);
        if (_begun > 0 || _settings.RequiresCall)
            return sampling with { Grammar = FunctionGrammar.Write(_syntax, functions, _begun) };
        var special = _tokenizer.SpecialTokens.FirstOrDefault(t => _syntax.Open.StartsWith(t.Text, StringComparison.Ordinal));
        return sampling with
        {
            Grammar = FunctionGrammar.Write(_syntax, functions),
            GrammarTrigger = special is null ? _syntax.Open : special.IsControl ? null : special.Text,
            GrammarTriggerToken = special is { IsControl: true } ? special.Id.Value : null,
        };
    }

    // One character is chance.
    private int BegunIn(string prompt)
    {
        for (var length = _syntax.Open.Length; length > 1; length--)
        {
            if (prompt.EndsWith(_syntax.Open[..length], StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(_syntax.Open[..length]))
                return length;
        }

        return 0;
    }

    // Control tokens have no text in an answer.
    private string Visible(string text) => _tokenizer.SpecialTokens.Where(static token => token.IsControl)
        .Aggregate(text, static (rest, token) => rest.Replace(token.Text, "", StringComparison.Ordinal));
}
