using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>Tokens in order, and what the parser has to know about the place it is at.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens, int mostDepth)
{
    private int _at;
    private int _depth;

    public Token Current => tokens[_at];

    public Token Ahead => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>Names that were read since the parsing of a macro began; it takes other arguments when it mentions some.</summary>
    public HashSet<string> Mentioned { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What becomes of the names of the template.</summary>
    public NameUses Uses { get; } = new();

    /// <summary>Whether what is parsed now may never run, so that Jinja reports a missing filter when it runs.</summary>
    public bool IsConditional { get; set; }

    /// <summary>Filters and tests that do not exist, in parts of the template that always run.</summary>
    public List<TemplateException> Missing { get; } = [];

    public Token Next()
    {
        var token = tokens[_at];
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    public bool Skip(string text)
    {
        if (!Current.Is(text))
            return false;
        Next();
        return true;
    }

    public Token Expect(string text) => Current.Is(text) ? Next() : throw Current.Unexpected($"'{text}'");

    public Token Expect(TokenKind kind, string expected) => Current.Kind == kind ? Next() : throw Current.Unexpected(expected);

    public void Enter()
    {
        if (++_depth > mostDepth)
            throw new TemplateException($"brackets or blocks are nested more than {mostDepth} deep").At(Current.Line);
        RenderContext.RequireStack();
    }

    public void Leave() => _depth--;
}
