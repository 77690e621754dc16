using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>
/// Cuts a template into tokens, with the rules for white space that Hugging Face's environment has: <c>trim_blocks</c>
/// and <c>lstrip_blocks</c>, and one line break at the end of the source left out.
/// </summary>
internal sealed class Lexer
{
    private static readonly string[] Operators =
        ["//", "**", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "|", "=", ".", ",",
         ":", "(", ")", "[", "]", "{", "}", "<", ">", ";"];

    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _brackets = new();
    private bool _lineStarts = true;
    private int _at;
    private int _line = 1;

    private Lexer(string source)
    {
        _source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (_source.EndsWith('\n'))
            _source = _source[..^1];
    }

    /// <exception cref="TemplateException">The source is malformed.</exception>
    public static IReadOnlyList<Token> Cut(string source)
    {
        var lexer = new Lexer(source);
        lexer.CutAll();
        return lexer._tokens;
    }

    private void CutAll()
    {
        while (_at < _source.Length)
        {
            var start = NextTag();
            if (start < 0)
            {
                Data(_source[_at..]);
                Move(_source.Length);
                break;
            }

            var kind = _source[start + 1];
            var sign = start + 2 < _source.Length && _source[start + 2] is '-' or '+' ? _source[start + 2] : '\0';
            Data(BeforeTag(_source[_at..start], kind, sign));
            Move(start + (sign == '\0' ? 2 : 3));
            switch (kind)
            {
                case '#':
                    SkipComment();
                    break;
                case '%' when IsRaw(out var end):
                    Raw(end);
                    break;
                case '%':
                    Tag(TokenKind.BlockBegin, TokenKind.BlockEnd, "%}");
                    break;
                default:
                    Tag(TokenKind.VariableBegin, TokenKind.VariableEnd, "}}");
                    break;
            }
        }

        _tokens.Add(new(TokenKind.End, "", _line));
    }

    private int NextTag()
    {
        for (var at = _source.IndexOf('{', _at); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#')
                return at;
        }

        return -1;
    }

    private string BeforeTag(string text, char kind, char sign)
    {
        if (sign == '-')
            return TrimEnd(text);
        if (sign == '+' || kind == '{')
            return text;
        var line = text.LastIndexOf('\n') + 1;
        return (line > 0 || _lineStarts) && TrimEnd(text[line..]).Length == 0 ? text[..line] : text;
    }

    private static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && PythonStrings.IsSpace(text[end - 1]))
            end--;
        return text[..end];
    }

    private void Data(string text)
    {
        if (text.Length > 0)
            _tokens.Add(new(TokenKind.Data, text, _line));
    }

    private void Move(int to)
    {
        _line += _source.AsSpan(_at, to - _at).Count('\n');
        _lineStarts = to > _at && _source[to - 1] == '\n';
        _at = to;
    }

    private void SkipComment()
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
            throw Error("a comment has no end '#}'");
        var sign = end > _at && _source[end - 1] is '-' or '+' ? _source[end - 1] : '\0';
        Move(AfterTag(end + 2, sign));
    }

    // Behind a tag: '-' takes all white space, '+' keeps everything, otherwise a block takes one line break.
    private int AfterTag(int at, char sign, bool isBlock = true)
    {
        if (sign == '-')
        {
            while (at < _source.Length && PythonStrings.IsSpace(_source[at]))
                at++;
        }
        else if (sign == '\0' && isBlock && at < _source.Length && _source[at] == '\n')
        {
            at++;
        }

        return at;
    }

    private int SkipSpace(int at)
    {
        while (at < _source.Length && PythonStrings.IsSpace(_source[at]))
            at++;
        return at;
    }

    private bool IsRaw(out int end)
    {
        end = SkipSpace(_at);
        if (string.CompareOrdinal(_source, end, "raw", 0, 3) != 0)
            return false;
        end = SkipSpace(end + 3);
        if (string.CompareOrdinal(_source, end, "-%}", 0, 3) == 0)
            end = SkipSpace(end + 3);
        else if (string.CompareOrdinal(_source, end, "%}", 0, 2) == 0)
            end += 2;
        else
            return false;
        return true;
    }

    private void Raw(int start)
    {
        Move(start);
        for (var tag = FindTag(_at); tag >= 0; tag = FindTag(tag + 1))
        {
            var at = tag + 2;
            var sign = at < _source.Length && _source[at] is '-' or '+' ? _source[at++] : '\0';
            at = SkipSpace(at);
            if (string.CompareOrdinal(_source, at, "endraw", 0, 6) != 0)
                continue;
            at = SkipSpace(at + 6);
            var after = at < _source.Length && _source[at] is '-' or '+' ? _source[at++] : '\0';
            if (string.CompareOrdinal(_source, at, "%}", 0, 2) != 0)
                continue;
            Data(BeforeTag(_source[_at..tag], '%', sign));
            Move(AfterTag(at + 2, after));
            return;
        }

        throw Error("'raw' has no end '{% endraw %}'");

        int FindTag(int from) => _source.IndexOf("{%", from, StringComparison.Ordinal);
    }

    private void Tag(TokenKind begin, TokenKind end, string close)
    {
        _tokens.Add(new(begin, begin == TokenKind.BlockBegin ? "{%" : "{{", _line));
        while (true)
        {
            Move(SkipSpace(_at));
            if (_at >= _source.Length)
                throw Error($"a tag has no end '{close}'");
            if (_brackets.Count == 0 && EndOfTag(close) is { } after)
            {
                _tokens.Add(new(end, close, _line));
                Move(after);
                return;
            }

            Move(Next());
        }
    }

    private int? EndOfTag(string close)
    {
        var sign = _source[_at] == '-' || _source[_at] == '+' && close == "%}" ? _source[_at] : '\0';
        var at = sign == '\0' ? _at : _at + 1;
        return string.CompareOrdinal(_source, at, close, 0, 2) == 0 ? AfterTag(at + 2, sign, close == "%}") : null;
    }

    private int Next()
    {
        var character = _source[_at];
        if (char.IsAsciiDigit(character))
        {
            var value = NumberLiteral.Read(_source, _at, out var end);
            _tokens.Add(new(TokenKind.Number, _source[_at..end], _line, value));
            return end;
        }

        if (IsNamePart(character))
        {
            var end = _at + 1;
            while (end < _source.Length && IsNamePart(_source[end]))
                end++;
            _tokens.Add(new(TokenKind.Name, _source[_at..end], _line));
            return end;
        }

        if (character is '\'' or '"')
        {
            var value = StringLiteral.Read(_source, _at, out var end) ?? throw Error("a string has no end");
            _tokens.Add(new(TokenKind.Text, value, _line));
            return end;
        }

        var symbol = Array.Find(Operators, o => string.CompareOrdinal(_source, _at, o, 0, o.Length) == 0)
            ?? throw Error($"unexpected character '{character}'");
        Balance(symbol);
        _tokens.Add(new(TokenKind.Operator, symbol, _line));
        return _at + symbol.Length;
    }

    private void Balance(string symbol)
    {
        if (symbol is "(" or "[" or "{")
            _brackets.Push(symbol == "(" ? ')' : symbol == "[" ? ']' : '}');
        else if (symbol is ")" or "]" or "}" && (_brackets.Count == 0 || _brackets.Pop() != symbol[0]))
            throw Error($"unexpected '{symbol}'");
    }

    private static bool IsNamePart(char character) => character == '_' || char.IsLetterOrDigit(character);

    private TemplateException Error(string problem) => new TemplateException(problem).At(_line);
}
