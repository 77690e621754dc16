namespace CognitiveTools.Llama.Templates.Values;

/// <summary>A function of the template's world: a macro, a global function or a method with its object.</summary>
internal abstract class TemplateCallable(string name)
{
    public string Name { get; } = name;

    public abstract object? Call(RenderContext context, Arguments arguments);
}

/// <summary>A function written in C#.</summary>
internal sealed class TemplateFunction(string name, Func<RenderContext, Arguments, object?> body) : TemplateCallable(name)
{
    public override object? Call(RenderContext context, Arguments arguments) => body(context, arguments);
}

/// <summary>An object with attributes that a template can read: a loop, a namespace, a cycler.</summary>
internal interface ITemplateObject
{
    /// <returns>Whether it has the attribute.</returns>
    bool TryGetAttribute(string name, out object? value);
}

/// <summary>Jinja's <c>namespace</c>: the only object whose attributes a template can set.</summary>
internal sealed class TemplateNamespace : ITemplateObject
{
    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);

    public bool TryGetAttribute(string name, out object? value) => Attributes.TryGetValue(name, out value);
}
