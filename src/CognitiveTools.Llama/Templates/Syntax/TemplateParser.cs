using CognitiveTools.Llama.Templates.Nodes;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>Parses a template's statements.</summary>
internal sealed class TemplateParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private bool _isInLoop;

    private TemplateParser(IReadOnlyList<Token> tokens, int depth)
    {
        _tokens = new(tokens, depth);
        _expressions = new(_tokens);
    }

    /// <exception cref="TemplateException">The source is malformed, or needs what this renderer lacks.</exception>
    public static ParsedTemplate Parse(string source, int depth)
    {
        var parser = new TemplateParser(Lexer.Cut(source), depth);
        var body = parser.Statements(out _);
        var tokens = parser._tokens;
        if (tokens.Missing is [var missing, ..])
            throw missing;
        return new(body, tokens.Uses.Inputs);
    }

    // Up to a tag that begins with one of the names; at the top, up to the end.
    private Body Statements(out string end, params string[] ends)
    {
        _tokens.Enter();
        var statements = new List<Statement>();
        while (true)
        {
            var token = _tokens.Next();
            switch (token.Kind)
            {
                case TokenKind.Data:
                    statements.Add(new Literal(token.Line, token.Text));
                    break;
                case TokenKind.VariableBegin:
                    statements.Add(new Output(token.Line, _expressions.Tuple()));
                    _tokens.Expect(TokenKind.VariableEnd, "'}}'");
                    break;
                case TokenKind.BlockBegin when ends.Contains(_tokens.Current.Text):
                    end = _tokens.Next().Text;
                    _tokens.Leave();
                    return new(statements);
                case TokenKind.BlockBegin:
                    statements.Add(Statement());
                    _tokens.Expect(TokenKind.BlockEnd, "'%}'");
                    break;
                default:
                    if (ends.Length > 0)
                        throw token.Unexpected($"'{{% {string.Join(" %}' or '{% ", ends)} %}}'");
                    end = "";
                    _tokens.Leave();
                    return new(statements);
            }
        }
    }

    // The body of a tag: behind its end up to the closing tag, whose own end the caller expects.
    private Body Block(out string end, params string[] ends)
    {
        _tokens.Skip(":");
        _tokens.Expect(TokenKind.BlockEnd, "'%}'");
        return Statements(out end, ends);
    }

    // A body that runs in a frame of its own, where Jinja reports missing filters when it compiles.
    private Body OwnBlock(bool isInLoop, out string end, params string[] ends)
    {
        var outside = (_tokens.IsConditional, _isInLoop);
        (_tokens.IsConditional, _isInLoop) = (false, isInLoop);
        _tokens.Uses.Blocks++;
        var body = Block(out end, ends);
        _tokens.Uses.Blocks--;
        (_tokens.IsConditional, _isInLoop) = outside;
        return body;
    }

    private Statement Statement()
    {
        var token = _tokens.Expect(TokenKind.Name, "the name of a tag");
        switch (token.Text)
        {
            case "set":
                return Set(token.Line);
            case "if":
                return If(token.Line);
            case "for":
                return For(token.Line);
            case "macro":
                var name = _tokens.Expect(TokenKind.Name, "the name of a macro").Text;
                _tokens.Uses.Set([name]);
                return new MacroDefinition(token.Line, name, Macro(name, Parameters(), "endmacro"));
            case "call":
                return Call(token.Line);
            case "filter":
                var filter = (FilterCall)_expressions.FilterChain(null, isFirstInline: true)!;
                return new FilterBlock(token.Line, filter, OwnBlock(isInLoop: false, out _, "endfilter"));
            case "with":
                return With(token.Line);
            case "generation":
                return new With(token.Line, [], OwnBlock(isInLoop: false, out _, "endgeneration"));
            case "break" or "continue" when !_isInLoop:
                throw new TemplateException($"'{token.Text}' is not in a loop, or in a block that a loop cannot leave").At(token.Line);
            case "break":
                return new Jump(token.Line, Flow.Break);
            case "continue":
                return new Jump(token.Line, Flow.Continue);
            case "block" or "extends" or "include" or "import" or "from" or "autoescape" or "print":
                throw TemplateException.Unsupported($"the tag '{token.Text}'").At(token.Line);
            default:
                throw new TemplateException($"there is no tag '{token.Text}' in Jinja").At(token.Line);
        }
    }

    private Statement Set(int line)
    {
        var target = _expressions.Target(withNamespace: true);
        Statement set = _tokens.Skip("=")
            ? new Set(line, target, _expressions.Tuple())
            : new SetBlock(
                line, target, (FilterCall?)_expressions.FilterChain(null), OwnBlock(isInLoop: false, out _, "endset"));
        _tokens.Uses.Set(ExpressionParser.NamesOf(target)); // the value may read what the name was before
        return set;
    }

    private If If(int line)
    {
        var branches = new List<(Expression, Body)>();
        var outside = _tokens.IsConditional;
        _tokens.IsConditional = true;
        _tokens.Uses.Blocks++;
        var otherwise = Body.Empty;
        string end;
        do
        {
            var condition = _expressions.Tuple(() => _expressions.Expression(withChoice: false));
            branches.Add((condition, Block(out end, "elif", "else", "endif")));
        }
        while (end == "elif");
        if (end == "else")
            otherwise = Block(out _, "endif");
        _tokens.Uses.Blocks--;
        _tokens.IsConditional = outside;
        return new(line, branches, otherwise);
    }

    private For For(int line)
    {
        var target = _expressions.Target(end: "in");
        _tokens.Expect("in");
        var items = _expressions.Tuple(() => _expressions.Expression(withChoice: false), end: "recursive");
        _tokens.Uses.Enter([.. ExpressionParser.NamesOf(target), "loop"]);
        var condition = _tokens.Skip("if") ? _expressions.Expression() : null;
        var isRecursive = _tokens.Skip("recursive");
        var body = OwnBlock(isInLoop: true, out var end, "endfor", "else");
        _tokens.Uses.Leave();
        var otherwise = end == "else" ? OwnBlock(_isInLoop, out _, "endfor") : Body.Empty;
        return new(line, target, items, condition, body, otherwise, isRecursive);
    }

    private CallBlock Call(int line)
    {
        var parameters = _tokens.Current.Is("(") ? Parameters() : [];
        var call = _expressions.Expression() as Call ?? throw new TemplateException("'call' wants a call of a macro").At(line);
        return new(line, call, Macro(null, parameters, "endcall"));
    }

    private With With(int line)
    {
        var variables = new List<(Expression, Expression)>();
        while (_tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (variables.Count > 0)
                _tokens.Expect(",");
            var target = _expressions.Target();
            _tokens.Expect("=");
            variables.Add((target, _expressions.Expression()));
        }

        _tokens.Uses.Enter(variables.SelectMany(static variable => ExpressionParser.NamesOf(variable.Item1)));
        var body = OwnBlock(_isInLoop, out _, "endwith");
        _tokens.Uses.Leave();
        return new(line, variables, body);
    }

    private List<(string, Expression?)> Parameters()
    {
        var parameters = new List<(string, Expression?)>();
        _tokens.Expect("(");
        while (!_tokens.Current.Is(")"))
        {
            if (parameters.Count > 0)
                _tokens.Expect(",");
            var name = _tokens.Expect(TokenKind.Name, "the name of a parameter").Text;
            if (_tokens.Skip("="))
                parameters.Add((name, Default([.. parameters.Select(static parameter => parameter.Item1)])));
            else if (parameters.Count > 0 && parameters[^1].Item2 is not null)
                throw new TemplateException("non-default argument follows default argument").At(_tokens.Current.Line);
            else
                parameters.Add((name, null));
        }

        _tokens.Expect(")");
        return parameters;
    }

    // It may read the parameters before it.
    private Expression Default(IEnumerable<string> parameters)
    {
        _tokens.Uses.Enter(parameters);
        var value = _expressions.Expression();
        _tokens.Uses.Leave();
        return value;
    }

    private Macro Macro(string? name, List<(string Name, Expression? Default)> parameters, string end)
    {
        var outside = _tokens.Mentioned;
        _tokens.Mentioned = new(StringComparer.Ordinal);
        _tokens.Uses.Enter(parameters.Select(static parameter => parameter.Name), isMacro: true);
        var body = OwnBlock(isInLoop: false, out _, end);
        _tokens.Uses.Leave(isMacro: true);
        var mentioned = _tokens.Mentioned;
        if (mentioned.Contains("caller") && parameters.Exists(static parameter => parameter is { Name: "caller", Default: null }))
            throw new TemplateException("the parameter 'caller' of a macro needs a default, or must be left out").At(_tokens.Current.Line);
        outside.UnionWith(mentioned);
        _tokens.Mentioned = outside;
        return new(name, parameters, body, mentioned);
    }
}

/// <summary>A parsed template.</summary>
/// <param name="Body">Its statements.</param>
/// <param name="Inputs">Variables that its caller can set.</param>
internal sealed record ParsedTemplate(Body Body, IReadOnlySet<string> Inputs);
