using CognitiveTools.Llama.Templates.Builtins;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Nodes;

/// <summary>An expression of a template. Immutable, so a parsed template can be rendered by many threads at once.</summary>
internal abstract class Expression
{
    public object? Evaluate(Scope scope)
    {
        scope.Context.Step();
        RenderContext.RequireStack(); // a long chain of operators is a deep tree
        return Value(scope);
    }

    protected abstract object? Value(Scope scope);

    public bool IsTrue(Scope scope) => PythonTypes.IsTrue(Evaluate(scope));
}

internal sealed class Constant(object? value) : Expression
{
    protected override object? Value(Scope scope) => value;
}

internal sealed class Variable(string name) : Expression
{
    private readonly TemplateUndefined _undefined = new($"'{name}' is undefined");

    public string Name => name;

    protected override object? Value(Scope scope) =>
        scope.TryGet(name, out var value) || GlobalFunctions.All.TryGetValue(name, out value) ? value
            : name == "self" ? throw TemplateException.Unsupported("the variable 'self'")
            : _undefined;
}

internal sealed class Sequence(SequenceKind kind, IReadOnlyList<Expression> items) : Expression
{
    public SequenceKind Kind => kind;

    public IReadOnlyList<Expression> Items => items;

    protected override object? Value(Scope scope) => new TemplateSequence(kind, [.. items.Select(item => item.Evaluate(scope))]);
}

internal sealed class Dictionary(IReadOnlyList<(Expression Key, Expression Value)> entries) : Expression
{
    protected override object? Value(Scope scope)
    {
        var map = new TemplateMap();
        foreach (var (key, value) in entries)
            map.Set(key.Evaluate(scope), value.Evaluate(scope));
        return map;
    }
}

internal sealed class Attribute(Expression target, string name) : Expression
{
    public Expression Target => target;

    public string Name => name;

    protected override object? Value(Scope scope) => Attributes.Get(scope.Context, target.Evaluate(scope), name);
}

internal sealed class Element(Expression target, Expression key) : Expression
{
    protected override object? Value(Scope scope) => Attributes.GetElement(scope.Context, target.Evaluate(scope), key.Evaluate(scope));
}

internal sealed class Part(Expression target, Expression? start, Expression? stop, Expression? step) : Expression
{
    protected override object? Value(Scope scope)
    {
        var value = target.Evaluate(scope);
        if (value is TemplateUndefined undefined)
            throw undefined.Error();
        return PythonIndex.Slice(scope.Context, value, start?.Evaluate(scope), stop?.Evaluate(scope), step?.Evaluate(scope))
            ?? new TemplateUndefined($"'{PythonTypes.NameOf(value)} object' has no such slice");
    }
}

internal sealed class Operation(string symbol, Expression left, Expression right) : Expression
{
    protected override object? Value(Scope scope) =>
        PythonArithmetic.Apply(scope.Context, symbol, left.Evaluate(scope), right.Evaluate(scope));
}

internal sealed class Signed(string symbol, Expression value) : Expression
{
    protected override object? Value(Scope scope) => PythonArithmetic.Sign(symbol, value.Evaluate(scope));
}

internal sealed class Concatenation(IReadOnlyList<Expression> items) : Expression
{
    protected override object? Value(Scope scope)
    {
        var builder = new TextBuilder(scope.Context);
        foreach (var item in items)
            builder.Append(PythonText.Of(scope.Context, item.Evaluate(scope)));
        return builder.ToText();
    }
}

internal sealed class Not(Expression value) : Expression
{
    protected override object? Value(Scope scope) => !value.IsTrue(scope);
}

internal sealed class Both(Expression left, Expression right) : Expression
{
    protected override object? Value(Scope scope)
    {
        var value = left.Evaluate(scope);
        return PythonTypes.IsTrue(value) ? right.Evaluate(scope) : value;
    }
}

internal sealed class Either(Expression left, Expression right) : Expression
{
    protected override object? Value(Scope scope)
    {
        var value = left.Evaluate(scope);
        return PythonTypes.IsTrue(value) ? value : right.Evaluate(scope);
    }
}

internal sealed class Choice(Expression condition, Expression then, Expression? otherwise) : Expression
{
    private static readonly TemplateUndefined Nothing =
        new("the inline if-expression evaluated to false and no else section was defined");

    protected override object? Value(Scope scope) =>
        condition.IsTrue(scope) ? then.Evaluate(scope) : otherwise is null ? Nothing : otherwise.Evaluate(scope);
}

internal sealed class Comparison(Expression first, IReadOnlyList<(string Symbol, Expression Operand)> others) : Expression
{
    protected override object? Value(Scope scope)
    {
        var left = first.Evaluate(scope);
        foreach (var (symbol, operand) in others)
        {
            var right = operand.Evaluate(scope);
            if (!Tests.Compare(scope.Context, symbol, left, right))
                return false;
            left = right;
        }

        return true;
    }
}
