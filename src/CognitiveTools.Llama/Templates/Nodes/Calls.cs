using CognitiveTools.Llama.Templates.Builtins;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Nodes;

/// <summary>Arguments as written: by position, by name, and unpacked from a list and a mapping.</summary>
internal sealed record ArgumentList(
    IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named, Expression? Rest, Expression? NamedRest)
{
    public static ArgumentList None { get; } = new([], [], null, null);

    public Arguments Evaluate(Scope scope)
    {
        if (ReferenceEquals(this, None))
            return Arguments.None;
        List<object?> positional = [.. Positional.Select(argument => argument.Evaluate(scope))];
        List<KeyValuePair<string, object?>> named =
            [.. Named.Select(argument => new KeyValuePair<string, object?>(argument.Name, argument.Value.Evaluate(scope)))];
        if (Rest is not null)
            positional.AddRange(PythonTypes.Iterate(scope.Context, Rest.Evaluate(scope)));
        if (NamedRest?.Evaluate(scope) is { } rest)
        {
            var map = rest as TemplateMap ?? throw new TemplateException("argument after ** must be a mapping");
            foreach (var (key, value) in map.Entries)
                named.Add(new((key as TemplateText)?.Value ?? throw new TemplateException("keywords must be strings"), value));
        }

        return new(positional, named);
    }
}

internal sealed class Call(Expression target, ArgumentList arguments) : Expression
{
    protected override object? Value(Scope scope) => Run(scope);

    /// <param name="scope">Where the call is.</param>
    /// <param name="more">Named arguments that are not written.</param>
    public object? Run(Scope scope, params KeyValuePair<string, object?>[] more)
    {
        var function = target.Evaluate(scope);
        if (function is TemplateUndefined undefined)
            throw undefined.Error();
        if (function is not TemplateCallable callable)
            throw new TemplateException($"'{PythonTypes.NameOf(function)}' object is not callable");
        var given = arguments.Evaluate(scope);
        return callable.Call(scope.Context, more.Length == 0 ? given : given with { Named = [.. given.Named, .. more] });
    }
}

/// <summary><c>value | name(arguments)</c>; without a value it filters the body of a block.</summary>
internal sealed class FilterCall(Expression? value, string name, ArgumentList arguments) : Expression
{
    protected override object? Value(Scope scope) => Apply(scope, value!.Evaluate(scope));

    public object? Apply(Scope scope, object? input)
    {
        RenderContext.RequireStack();
        if (value is FilterCall { IsOpen: true } inner)
            input = inner.Apply(scope, input);
        return Filters.Find(name)(scope.Context, input, arguments.Evaluate(scope));
    }

    /// <summary>Whether the innermost filter has no value of its own.</summary>
    public bool IsOpen { get; } = value is null or FilterCall { IsOpen: true };
}

internal sealed class TestCall(Expression value, string name, ArgumentList arguments) : Expression
{
    protected override object? Value(Scope scope) =>
        Tests.Find(name)(scope.Context, value.Evaluate(scope), arguments.Evaluate(scope));
}
