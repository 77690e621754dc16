using CognitiveTools.Llama.Templates;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Templates.Values;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>A chat template that is rendered from its own Jinja source.</summary>
internal sealed class JinjaChatTemplate : ChatTemplate
{
    private readonly JinjaTemplate _template;
    private readonly ChatTemplateFacts _facts;
    private readonly TimeProvider _time;
    private readonly bool _isOwn;

    internal JinjaChatTemplate(string source, bool isOwn, ChatTemplateFacts facts, TimeProvider? time = null)
    {
        (_isOwn, _facts, _time) = (isOwn, facts, time ?? TimeProvider.System);
        try
        {
            _template = JinjaTemplate.Parse(source);
        }
        catch (TemplateException e)
        {
            throw Explain(e);
        }
    }

    internal override string Description =>
        _isOwn ? "the model's own, rendered from its source" : "given by option or setting, rendered from its source";

    internal override string Source => _template.Source;

    internal override IReadOnlyList<string> Variables => ChatVariables.Known(_template);

    internal override IReadOnlyList<ChatSpan> Render(IReadOnlyList<ChatMessage> messages, PromptSettings settings)
    {
        var text = Text(messages, settings);
        for (var i = 0; i < messages.Count; i++)
        {
            if (IsLeftOut(messages, i, text, settings))
                throw new NotSupportedException(
                    $"The chat template of {_facts.ModelName} has no place for message {i} of role '{messages[i].Role}'. "
                    + $"Put its text into a user message. {Remedy}");
        }

        return [.. text.Spans().Select(span => new ChatSpan(text.Value[span.Start..span.End], span.IsContent))];
    }

    private TemplateText Text(IReadOnlyList<ChatMessage> messages, PromptSettings settings)
    {
        var name = $"The chat template of {_facts.ModelName}";
        var variables = ChatVariables.Of(_template, name, settings);
        foreach (var (variable, value) in ChatVariables.Of(_template, name, new() { Variables = _facts.Variables }))
            variables.TryAdd(variable, value);
        variables["messages"] = ConversationValues.Of(messages);
        variables["tools"] = ConversationValues.Of(settings.Functions);
        variables["documents"] = null;
        variables["add_generation_prompt"] = true;
        variables["bos_token"] = TemplateText.Own(_facts.BeginText);
        variables["eos_token"] = TemplateText.Own(_facts.EndText);
        try
        {
            return _template.Render(variables, _facts.Date ?? _time.GetLocalNow().DateTime);
        }
        catch (TemplateException e)
        {
            throw Explain(e);
        }
    }

    // A message that changes nothing is left out. Where the text itself is not found, the template may have changed it.
    private bool IsLeftOut(IReadOnlyList<ChatMessage> messages, int index, TemplateText rendered, PromptSettings settings)
    {
        var message = messages[index];
        var content = message.Text.Trim();
        if (message.Role != ChatRole.System && message.Role != ChatRole.User || content.Length == 0
            || rendered.Value.Contains(content, StringComparison.Ordinal))
            return false;
        ChatMessage[] changed = [.. messages];
        changed[index] = new(message.Role, $"before {content} behind"); // a template that splits sees one of them
        return Text(changed, settings).Equals(rendered);
    }

    private NotSupportedException Explain(TemplateException e)
    {
        var place = e.Line > 0 ? $", line {e.Line}" : "";
        var remedy = e.IsRefusal ? "Change the conversation, or give another template (--chat-template FILE|NAME)." : Remedy;
        return new($"The chat template of {_facts.ModelName}{place}: {e.Sentence} {remedy}", e);
    }
}
