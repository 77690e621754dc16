using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Nodes;

/// <summary>A macro as written.</summary>
/// <param name="Name">Its name; <see langword="null"/> for the body of <c>call</c>.</param>
/// <param name="Parameters">Its parameters, with their defaults.</param>
/// <param name="Body">What it writes.</param>
/// <param name="Mentioned">Names in its body; <c>varargs</c>, <c>kwargs</c> and <c>caller</c> change what it takes.</param>
internal sealed record Macro(
    string? Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, Body Body, IReadOnlySet<string> Mentioned)
{
    public TemplateCallable Bind(Scope scope) => new BoundMacro(this, scope);

    // A parameter of that name is only a parameter.
    private bool Takes(string rest) => Mentioned.Contains(rest) && !HasParameter(rest);

    private bool HasParameter(string name) => Parameters.Any(parameter => parameter.Name == name);

    private sealed class BoundMacro(Macro macro, Scope outer) : TemplateCallable(macro.Name ?? "caller"), ITemplateObject
    {
        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "name" => macro.Name is { } own ? TemplateText.Own(own) : null,
                "arguments" => TemplateSequence.Tuple([.. macro.Parameters.Select(static p => TemplateText.Own(p.Name))]),
                "catch_kwargs" => macro.Takes("kwargs"),
                "catch_varargs" => macro.Takes("varargs"),
                "caller" => macro.Mentioned.Contains("caller"),
                "explicit_caller" => macro.HasParameter("caller"),
                _ => this,
            };
            return !ReferenceEquals(value, this);
        }

        public override object? Call(RenderContext context, Arguments arguments)
        {
            context.Enter();
            var scope = outer.Inner();
            Assign(scope, arguments);
            var output = new TextBuilder(context);
            macro.Body.Run(scope, output);
            context.Leave();
            return output.ToText();
        }

        private void Assign(Scope scope, Arguments arguments)
        {
            var parameters = macro.Parameters;
            var named = arguments.Named.ToList();
            for (var i = 0; i < parameters.Count; i++)
            {
                var (name, otherwise) = parameters[i];
                var at = named.FindIndex(argument => argument.Key == name);
                object? value;
                if (i < arguments.Positional.Count)
                {
                    if (at >= 0)
                        throw new TemplateException($"macro '{Name}' got multiple values for argument '{name}'");
                    value = arguments.Positional[i];
                }
                else if (at >= 0)
                {
                    value = named[at].Value;
                    named.RemoveAt(at);
                }
                else
                {
                    value = otherwise is not null ? otherwise.Evaluate(scope)
                        : new TemplateUndefined($"parameter '{name}' was not provided");
                }

                scope.Set(name, value);
            }

            AssignRest(scope, [.. arguments.Positional.Skip(parameters.Count)], named);
        }

        private void AssignRest(Scope scope, object?[] positional, List<KeyValuePair<string, object?>> named)
        {
            if (macro.Takes("caller"))
            {
                var at = named.FindIndex(static argument => argument.Key == "caller");
                scope.Set("caller", at >= 0 ? named[at].Value : new TemplateUndefined("No caller defined"));
                if (at >= 0)
                    named.RemoveAt(at);
            }

            if (macro.Takes("kwargs"))
            {
                var rest = new TemplateMap();
                foreach (var (name, value) in named)
                    rest.Set(name, value);
                scope.Set("kwargs", rest);
            }
            else if (named.Count > 0)
            {
                throw new TemplateException($"macro '{Name}' takes no keyword argument '{named[0].Key}'");
            }

            if (macro.Takes("varargs"))
                scope.Set("varargs", TemplateSequence.Tuple(positional));
            else if (positional.Length > 0)
                throw new TemplateException($"macro '{Name}' takes not more than {macro.Parameters.Count} argument(s)");
        }
    }
}

/// <summary>Defines a macro.</summary>
internal sealed class MacroDefinition(int line, string name, Macro macro) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        scope.Set(name, macro.Bind(scope));
        return Flow.Next;
    }
}
