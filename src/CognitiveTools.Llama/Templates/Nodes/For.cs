using System.Numerics;
using CognitiveTools.Llama.Templates.Builtins;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Nodes;

/// <summary>A loop, with Jinja's variable <c>loop</c>.</summary>
internal sealed class For(
    int line, Expression target, Expression items, Expression? condition, Body body, Body otherwise, bool isRecursive) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        Loop(scope, items.Evaluate(scope), output, depth: 0);
        return Flow.Next;
    }

    private void Loop(Scope scope, object? value, TextBuilder output, int depth)
    {
        var elements = PythonTypes.Iterate(scope.Context, value);
        if (condition is not null)
            elements = [.. elements.Where(element => Accepts(scope, element))];
        var loop = new LoopState(elements, depth, isRecursive ? Again : null);
        foreach (var element in elements)
        {
            scope.Context.Step();
            var inner = scope.Inner();
            inner.Set("loop", loop);
            Target.Assign(inner, target, element);
            if (body.Run(inner, output) == Flow.Break)
                break;
            loop.Index++;
        }

        if (elements.Count == 0)
            otherwise.Run(scope.Inner(), output);

        TemplateText Again(object? nested)
        {
            scope.Context.Enter();
            var text = new TextBuilder(scope.Context);
            Loop(scope, nested, text, depth + 1);
            scope.Context.Leave();
            return text.ToText();
        }
    }

    private bool Accepts(Scope scope, object? element)
    {
        var inner = scope.Inner();
        Target.Assign(inner, target, element);
        return condition!.IsTrue(inner);
    }
}

/// <summary>The variable <c>loop</c>.</summary>
internal sealed class LoopState(IReadOnlyList<object?> elements, int depth, Func<object?, TemplateText>? again)
    : TemplateCallable("loop"), ITemplateObject
{
    private object? _changed;
    private bool _hasChanged;

    public int Index { get; set; }

    public override object? Call(RenderContext context, Arguments arguments) => again is null
        ? throw new TemplateException("The loop must have the 'recursive' marker to be called recursively.")
        : again(arguments.Bind("loop", "iterable").Required(0));

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => new BigInteger(Index + 1),
            "index0" => new BigInteger(Index),
            "revindex" => new BigInteger(elements.Count - Index),
            "revindex0" => new BigInteger(elements.Count - Index - 1),
            "first" => Index == 0,
            "last" => Index == elements.Count - 1,
            "length" => new BigInteger(elements.Count),
            "depth" => new BigInteger(depth + 1),
            "depth0" => new BigInteger(depth),
            "previtem" => Index > 0 ? elements[Index - 1] : new TemplateUndefined("there is no previous item"),
            "nextitem" => Index + 1 < elements.Count ? elements[Index + 1] : new TemplateUndefined("there is no next item"),
            "cycle" => new TemplateFunction("cycle", (_, arguments) => arguments.Positional.Count > 0
                ? arguments.Positional[Index % arguments.Positional.Count]
                : throw new TemplateException("no items for cycling given")),
            "changed" => new TemplateFunction("changed", (_, arguments) => Changed(TemplateSequence.Tuple([.. arguments.Positional]))),
            _ => this,
        };
        return !ReferenceEquals(value, this);
    }

    private bool Changed(TemplateSequence values)
    {
        if (_hasChanged && PythonComparison.AreEqual(_changed, values))
            return false;
        (_changed, _hasChanged) = (values, true);
        return true;
    }
}
