using System.Text;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Joins texts and keeps which characters came from the conversation.</summary>
internal sealed class TextBuilder(RenderContext context)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End)> _contents = [];

    public RenderContext Context { get; } = context;

    public int Length => _text.Length;

    /// <summary>Appends text of the template.</summary>
    public TextBuilder Own(string text) => Append(text, isContent: false);

    public TextBuilder Append(TemplateText text)
    {
        foreach (var (start, end, isContent) in text.Spans())
            Append(text.Value.AsSpan(start, end - start), isContent);
        return this;
    }

    public TextBuilder Append(ReadOnlySpan<char> text, bool isContent)
    {
        if (text.IsEmpty)
            return this;
        Context.Charge(text.Length);
        var start = _text.Length;
        _text.Append(text);
        if (!isContent)
            return this;
        if (_contents.Count > 0 && _contents[^1].End == start)
            _contents[^1] = (_contents[^1].Start, _text.Length);
        else
            _contents.Add((start, _text.Length));
        return this;
    }

    public TemplateText ToText()
    {
        Context.Charge(_text.Length);
        return new(_text.ToString(), [.. _contents]);
    }

    /// <summary>Texts in one.</summary>
    public static TemplateText Join(RenderContext context, params ReadOnlySpan<TemplateText> texts)
    {
        var joined = new TextBuilder(context);
        foreach (var text in texts)
            joined.Append(text);
        return joined.ToText();
    }
}
