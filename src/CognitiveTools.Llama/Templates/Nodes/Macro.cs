using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Nodes;

/// <summary>A macro as written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters, with their defaults.</param>
/// <param name="Body">What it writes.</param>
/// <param name="Mentioned">Names in its body; <c>varargs</c>, <c>kwargs</c> and <c>caller</c> change what it takes.</param>
internal sealed record Macro(
    string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, Body Body, IReadOnlySet<string> Mentioned)
{
    public TemplateCallable Bind(Scope scope) => new BoundMacro(this, scope);

    private sealed class BoundMacro(Macro macro, Scope outer) : TemplateCallable(macro.Name), ITemplateObject
    {
        public bool TryGetAttribute(string name, out object? value)
        {
            value = name == "name" ? TemplateText.Own(macro.Name) : null;
            return value is not null;
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
                        throw new TemplateException($"macro '{macro.Name}' got multiple values for argument '{name}'");
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
            if (macro.Mentioned.Contains("caller") && macro.Parameters.All(static p => p.Name != "caller"))
            {
                var at = named.FindIndex(static argument => argument.Key == "caller");
                scope.Set("caller", at >= 0 ? named[at].Value : new TemplateUndefined("No caller defined"));
                if (at >= 0)
                    named.RemoveAt(at);
            }

            if (macro.Mentioned.Contains("kwargs"))
            {
                var rest = new TemplateMap();
                foreach (var (name, value) in named)
                    rest.Set(name, value);
                scope.Set("kwargs", rest);
            }
            else if (named.Count > 0)
            {
                throw new TemplateException($"macro '{macro.Name}' takes no keyword argument '{named[0].Key}'");
            }

            if (macro.Mentioned.Contains("varargs"))
                scope.Set("varargs", TemplateSequence.Tuple(positional));
            else if (positional.Length > 0)
                throw new TemplateException($"macro '{macro.Name}' takes not more than {macro.Parameters.Count} argument(s)");
        }
    }
}

/// <summary>Defines a macro.</summary>
internal sealed class MacroDefinition(int line, Macro macro) : Statement(line)
{
    public override Flow Run(Scope scope, TextBuilder output)
    {
        scope.Set(macro.Name, macro.Bind(scope));
        return Flow.Next;
    }
}
