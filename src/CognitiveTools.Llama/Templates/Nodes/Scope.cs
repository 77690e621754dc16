using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Nodes;

/// <summary>Variables of a part of a template; a name that is not set here is looked for outside.</summary>
internal sealed class Scope(RenderContext context, Scope? parent)
{
    private Dictionary<string, object?>? _variables;

    public RenderContext Context { get; } = context;

    public Scope Inner() => new(Context, this);

    public void Set(string name, object? value) => (_variables ??= new(StringComparer.Ordinal))[name] = value;

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._variables is { } variables && variables.TryGetValue(name, out value))
                return true;
        }

        value = null;
        return false;
    }

    private Scope? Parent { get; } = parent;
}
