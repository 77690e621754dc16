using CognitiveTools.Llama.Templates.Nodes;
using CognitiveTools.Llama.Templates.Syntax;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates;

/// <summary>
/// A chat template in Jinja, parsed once. It renders as Jinja2 does in the environment of Hugging Face's transformers: a sandbox
/// without changes to lists and mappings, <c>trim_blocks</c>, <c>lstrip_blocks</c>, loop controls, the tag <c>generation</c>,
/// <c>tojson</c> without ASCII escapes, <c>raise_exception</c> and <c>strftime_now</c>. What it lacks is an error that names the
/// construct, never another text. Every character of the result says whether it came from the conversation, which no renderer
/// behind a script engine could tell. Thread-safe.
/// </summary>
internal sealed class JinjaTemplate
{
    private readonly Body _body;
    private readonly RenderLimits _limits;

    private JinjaTemplate(string source, RenderLimits limits)
    {
        (Source, _limits) = (source, limits);
        (_body, Inputs) = TemplateParser.Parse(source, limits.Depth);
    }

    public string Source { get; }

    /// <summary>The variables that a caller can set: those that the template reads before it sets them itself, or asks for.</summary>
    public IReadOnlySet<string> Inputs { get; }

    /// <exception cref="TemplateException">The source is malformed, or needs what this renderer lacks.</exception>
    public static JinjaTemplate Parse(string source, RenderLimits? limits = null) => new(source, limits ?? new());

    /// <param name="variables">Values by name: <see langword="null"/>, Booleans, BigInteger, double, and the types of
    /// <see cref="Values"/>.</param>
    /// <param name="now">The time that <c>strftime_now</c> writes.</param>
    /// <exception cref="TemplateException">The template refuses the conversation, fails, or exceeds a limit.</exception>
    public TemplateText Render(IEnumerable<KeyValuePair<string, object?>> variables, DateTime now)
    {
        var context = new RenderContext(_limits, now);
        var scope = new Scope(context, parent: null);
        foreach (var (name, value) in variables)
            scope.Set(name, value);
        var output = new TextBuilder(context);
        _body.Run(scope.Inner(), output);
        return output.ToText();
    }
}
