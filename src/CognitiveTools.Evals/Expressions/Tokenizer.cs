using System.Buffers;
using System.Text;
using CognitiveTools.Evals.Answers;

namespace CognitiveTools.Evals.Expressions;

/// <summary>
/// Splits LaTeX or plain text into tokens. Written by hand: whether <c>1,234</c> is one number depends on the brackets
/// around it, and <c>\text{...}</c> holds words, a unit or mathematics, so that a table of token patterns would not do.
/// </summary>
internal sealed class Tokenizer
{
    private const string Unreadable = "?"; // a mark that no rule accepts
    private static readonly SearchValues<char> Mathematics = SearchValues.Create("0123456789\\$^+=");
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly int _nesting;
    private int _at;
    private int _brackets;
    private bool _spaced;

    private Tokenizer(string text, List<Token> tokens, int nesting, int brackets)
    {
        if (nesting > Work.DeepestNesting)
            throw new WorkLimitException("nesting");
        (_text, _tokens, _nesting, _brackets) = (text, tokens, nesting, brackets);
    }

    /// <summary>The tokens of a text, ended by one of kind <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="WorkLimitException">The text hits a limit.</exception>
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        new Tokenizer(Ascii(text), tokens, 0, 0).Run();
        tokens.Add(new Token(TokenKind.End, ""));
        return tokens;
    }

    private static string Ascii(string text)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var character in MathText.Ascii(text))
        {
            if (Vocabulary.Characters.TryGetValue(character.ToString(), out var command))
                mapped.Append(' ').Append(command).Append(' ');
            else
                mapped.Append(character);
        }

        return mapped.ToString();
    }

    private void Run()
    {
        while (_at < _text.Length)
        {
            var character = _text[_at];
            if (char.IsWhiteSpace(character) || character is '~' or '`')
                Skip();
            else if (char.IsAsciiDigit(character) || (character == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
                ReadNumber();
            else if (char.IsLetter(character))
                ReadLetters();
            else if (character == '\\')
                ReadCommand();
            else if (character == '$')
                Skip(); // mathematics begins or ends
            else
                ReadMark(character);
        }
    }

    private void Skip()
    {
        _at++;
        _spaced = true;
    }

    private void Add(TokenKind kind, string text, bool escaped = false)
    {
        _tokens.Add(new Token(kind, text, _spaced, escaped));
        _spaced = false;
    }

    private void ReadMark(char character)
    {
        _at++;
        if (character == '*' && _at < _text.Length && _text[_at] == '*')
        {
            Skip(); // markdown bold
            return;
        }

        var pair = _at < _text.Length && _text[_at] == '=';
        if (character is '<' or '>' or '!' && pair)
        {
            _at++;
            Add(TokenKind.Mark, character + "=");
            return;
        }

        if (character is '(' or '[')
            _brackets++;
        else if (character is ')' or ']')
            _brackets--;
        Add(TokenKind.Mark, character.ToString());
    }

    private void ReadNumber()
    {
        var digits = new StringBuilder();
        Digits(digits);
        if (digits.Length is >= 1 and <= 3 && digits[0] != '0')
        {
            while (GroupLength() is var length and > 0)
            {
                digits.Append(_text, _at + length - 3, 3);
                _at += length;
            }
        }

        if (_at < _text.Length && _text[_at] == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))
        {
            digits.Append('.');
            _at++;
            Digits(digits);
        }
        else if (_at < _text.Length && _text[_at] == '.' && IsOverline(_at + 1))
        {
            digits.Append('.'); // 0.\overline{3}: the parser joins them
            _at++;
        }

        if (digits.Length > NumberText.LongestRun)
            throw new WorkLimitException("digits");
        Add(TokenKind.Number, digits.ToString());
    }

    private void Digits(StringBuilder digits)
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            digits.Append(_text[_at++]);
    }

    private bool IsOverline(int at) => string.CompareOrdinal(_text, at, "\\overline", 0, 9) == 0;

    // Length of ",234", ",\! 234", "{,}234", "\,234" here; 0 when no group of three follows. A bare comma between
    // brackets separates items.
    private int GroupLength()
    {
        var rest = _text.AsSpan(_at);
        var separator = rest.StartsWith(",\\!", StringComparison.Ordinal) || rest.StartsWith("{,}", StringComparison.Ordinal) ? 3
            : rest.StartsWith("\\,", StringComparison.Ordinal) ? 2
            : rest.StartsWith(",", StringComparison.Ordinal) && _brackets <= 0 ? 1
            : 0;
        if (separator == 0)
            return 0;
        var at = separator;
        while (separator == 3 && at < rest.Length && rest[at] == ' ')
            at++;
        var isGroup = rest.Length >= at + 3 && !rest.Slice(at, 3).ContainsAnyExceptInRange('0', '9')
            && (rest.Length == at + 3 || !char.IsAsciiDigit(rest[at + 3]));
        return isGroup ? at + 3 : 0;
    }

    private void ReadLetters()
    {
        var start = _at;
        while (_at < _text.Length && char.IsLetter(_text[_at]))
            _at++;
        AddLetters(_text[start.._at]);
    }

    private void AddLetters(string run)
    {
        var lower = run.ToLowerInvariant();
        var afterNumber = !_spaced && _tokens.Count > 0 && _tokens[^1].Kind is TokenKind.Number;
        if (run.Length == 1)
            Add(TokenKind.Letter, run);
        else if (Vocabulary.Functions.Contains(lower) || lower is "sqrt" or "pi" or "infinity" or "inf" or "infty" || Vocabulary.Greek.Contains(lower))
            AddNamed(lower, escaped: false);
        else if (run.Length > 3 || Vocabulary.ShortUnits.Contains(run) || (!afterNumber && Vocabulary.ShortWords.Contains(lower)))
            Add(TokenKind.Words, run);
        else
            foreach (var letter in run)
                Add(TokenKind.Letter, letter.ToString());
    }

    private void AddNamed(string name, bool escaped)
    {
        var known = Vocabulary.Command(name);
        if (Vocabulary.Greek.Contains(known))
            Add(TokenKind.Letter, known);
        else if (known is "set" or "endset" or "row" || !char.IsLetter(known[0]))
            Add(TokenKind.Mark, known);
        else
            Add(TokenKind.Command, known, escaped);
    }

    private void ReadCommand()
    {
        var start = ++_at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
            _at++;
        if (_at == start)
        {
            Escape();
            return;
        }

        var name = _text[start.._at];
        if (Vocabulary.Faces.Contains(name))
            ReadFace();
        else if (name is "hspace" or "vspace" or "phantom" or "color")
            Argument();
        else if (!Vocabulary.Ignored.Contains(name))
            AddNamed(name, escaped: true);
        else if (name is "left" or "right" && _at < _text.Length && _text[_at] == '.')
            _at++; // an invisible bracket
        else
            _spaced = true;
    }

    private void Escape()
    {
        var character = _at < _text.Length ? _text[_at++] : ' ';
        switch (character)
        {
            case '{':
                _brackets++;
                Add(TokenKind.Mark, "set");
                break;
            case '}':
                _brackets--;
                Add(TokenKind.Mark, "endset");
                break;
            case '\\':
                Add(TokenKind.Mark, "row");
                break;
            case '%' or '$' or '&' or '#' or '_' or '|':
                Add(TokenKind.Mark, character is '%' or '$' ? character.ToString() : Unreadable);
                break;
            default:
                _spaced = true; // \, \! \; \: and the delimiters \( \) \[ \]
                break;
        }
    }

    private void ReadFace()
    {
        var content = Argument().Trim();
        // "\text{(B)}" and "\text{5 cm}" hold mathematics, "\mathbf{v}" a name, "\operatorname{arccot}" a function.
        var inner = content.AsSpan().Trim("() .");
        var isUnit = content is [>= 'a' and <= 'z'] && _tokens.Count > 0 && (_tokens[^1].Kind is TokenKind.Number || _tokens[^1].Is("}"));
        if (content.Length == 0)
            _spaced = true;
        else if (isUnit)
            Add(TokenKind.Words, content); // "7\text{ m}"
        else if (inner.Length == 1 || content.AsSpan().ContainsAny(Mathematics) || Vocabulary.Functions.Contains(content))
            new Tokenizer(content, _tokens, _nesting + 1, _brackets).Run();
        else
            Add(TokenKind.Words, content);
    }

    // The balanced {...} here, or the next character.
    private string Argument()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
        if (_at >= _text.Length)
            return "";
        if (_text[_at] != '{')
            return _text[_at++].ToString();
        var depth = 0;
        for (var i = _at; i < _text.Length; i++)
        {
            depth += _text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                var content = _text[(_at + 1)..i];
                _at = i + 1;
                return content;
            }
        }

        var rest = _text[(_at + 1)..];
        _at = _text.Length;
        return rest;
    }
}
