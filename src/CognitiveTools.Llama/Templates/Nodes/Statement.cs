using CognitiveTools.Llama.Templates.Builtins;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Nodes;

/// <summary>What happens after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>A statement of a template. Immutable.</summary>
internal abstract class Statement(int line)
{
    public int Line => line;

    public abstract Flow Run(Scope scope, TextBuilder output);
}

/// <summary>Statements in order.</summary>
internal sealed class Body(IReadOnlyList<Statement> statements)
{
    public static Body Empty { get; } = new([]);

    public Flow Run(Scope scope, TextBuilder output)
    {
        foreach (var statement in statements)
        {
            scope.Context.Step();
            try
            {
                if (statement.Run(scope, output) is var flow and not Flow.Next)
                    return flow;
            }
            catch (TemplateException e) when (e.Line == 0)
            {
                throw e.At(statement.Line);
            }
        }

        return Flow.Next;
    }

    /// <summary>What the statements write, in a scope of their own.</summary>
    public TemplateText Capture(Scope scope)
    {
        var output = new TextBuilder(scope.Context);
        Run(scope.Inner(), output);
        return output.ToText();
    }
}

internal sealed class Literal(int line, string text) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        output.Own(text);
        return Flow.Next;
    }
}

internal sealed class Output(int line, Expression value) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        output.Append(PythonText.Of(scope.Context, value.Evaluate(scope)));
        return Flow.Next;
    }
}

internal sealed class If(int line, IReadOnlyList<(Expression Condition, Body Then)> branches, Body otherwise) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        foreach (var (condition, then) in branches)
        {
            if (condition.IsTrue(scope))
                return then.Run(scope, output);
        }

        return otherwise.Run(scope, output);
    }
}

internal sealed class Set(int line, Expression target, Expression value) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        Target.Assign(scope, target, value.Evaluate(scope));
        return Flow.Next;
    }
}

internal sealed class SetBlock(int line, Expression target, FilterCall? filter, Body body) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        object? text = body.Capture(scope);
        Target.Assign(scope, target, filter is null ? text : filter.Apply(scope, text));
        return Flow.Next;
    }
}

internal sealed class FilterBlock(int line, FilterCall filter, Body body) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        output.Append(PythonText.Of(scope.Context, filter.Apply(scope, body.Capture(scope))));
        return Flow.Next;
    }
}

/// <summary>A body with variables of its own: <c>with</c>, and Hugging Face's <c>generation</c>.</summary>
internal sealed class With(int line, IReadOnlyList<(Expression Target, Expression Value)> variables, Body body) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        var inner = scope.Inner();
        foreach (var (target, value) in variables)
            Target.Assign(inner, target, value.Evaluate(scope));
        return body.Run(inner, output);
    }
}

internal sealed class Jump(int line, Flow flow) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output) => flow;
}

/// <summary>Calls a macro that can ask for the body, by <c>caller()</c>.</summary>
internal sealed class CallBlock(int line, Call call, Macro caller) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        var result = call.Run(scope, KeyValuePair.Create<string, object?>("caller", caller.Bind(scope)));
        output.Append(PythonText.Of(scope.Context, result));
        return Flow.Next;
    }
}

/// <summary>Assignment to a name, an attribute of a namespace, or several of them.</summary>
internal static class Target
{
    public static void Assign(Scope scope, Expression target, object? value)
    {
        switch (target)
        {
            case Variable variable:
                scope.Set(variable.Name, value);
                break;
            case Attribute attribute:
                if (attribute.Target.Evaluate(scope) is not TemplateNamespace space)
                    throw new TemplateException("cannot assign attribute on non-namespace object");
                space.Attributes[attribute.Name] = value;
                break;
            case Sequence targets:
                var values = PythonTypes.Iterate(scope.Context, value);
                if (values.Count != targets.Items.Count)
                    throw new TemplateException(values.Count < targets.Items.Count
                        ? $"not enough values to unpack (expected {targets.Items.Count}, got {values.Count})"
                        : $"too many values to unpack (expected {targets.Items.Count})");
                for (var i = 0; i < values.Count; i++)
                    Assign(scope, targets.Items[i], values[i]);
                break;
        }
    }
}
