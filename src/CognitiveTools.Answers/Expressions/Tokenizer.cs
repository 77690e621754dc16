using System.Buffers;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Splits LaTeX or plain text into tokens. Written by hand: whether <c>1,234</c> is one number depends on the brackets
/// around it, and <c>\text{...}</c> holds words, a unit or mathematics, so that a table of token patterns would not do.
/// Numbers are in <c>Tokenizer.Numbers.cs</c>, commands in <c>Tokenizer.Commands.cs</c>.
/// </summary>
internal sealed partial class Tokenizer
{
    private const string Unreadable = "?"; // a mark that no rule accepts
    private static readonly SearchValues<char> Mathematics = SearchValues.Create("0123456789\\$^+=");
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly int _nesting;
    private readonly bool _prose; // inside \text{...}, where two letters side by side are a word
    private int _at;
    private int _brackets;
    private int _layouts; // environments open that only lay out what they hold
    private int _matrices;
    private bool _spaced;

    private Tokenizer(string text, List<Token> tokens, int nesting, int brackets, bool prose)
    {
        if (nesting > OperationBudget.DeepestNesting)
            throw new OperationLimitException("nesting");
        (_text, _tokens, _nesting, _brackets, _prose) = (text, tokens, nesting, brackets, prose);
    }

    /// <summary>The tokens of a text, ended by one of kind <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="OperationLimitException">The text hits a limit.</exception>
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        new Tokenizer(PlainLatex.Of(text), tokens, 0, 0, prose: false).Run();
        tokens.Add(new Token(TokenKind.End, ""));
        return tokens;
    }

    private void Run()
    {
        while (_at < _text.Length)
        {
            var character = _text[_at];
            if (char.IsWhiteSpace(character) || character is '~' or '`' or '"')
                Skip();
            else if (char.IsAsciiDigit(character) || (character == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
                ReadNumber();
            else if (char.IsLetter(character))
                ReadLetters();
            else if (character == '\\')
                ReadCommand();
            else if (character == '$')
                ReadDollar();
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

    private Token? Last => _tokens.Count > 0 ? _tokens[^1] : null;

    private char Peek(int ahead = 1) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    // Mathematics begins or ends; "US$340" and "A$75" are money.
    private void ReadDollar()
    {
        if (char.IsAsciiDigit(Peek()) && DropCurrencyLetters())
        {
            Add(TokenKind.Mark, "$");
            _at++;
            return;
        }

        Skip();
    }

    // The letters of "US$" and "A$" say which dollars.
    private bool DropCurrencyLetters()
    {
        if (_spaced || _tokens.Count > 3
            || !_tokens.All(t => t.Kind is TokenKind.Letter or TokenKind.Words && t.Text.Length <= 3
                && t.Text.All(char.IsAsciiLetterUpper)) || _tokens.Count == 0)
            return false;
        _tokens.Clear();
        return true;
    }

    private void ReadMark(char character)
    {
        if (ReadPair(character))
            return;
        _at++;
        switch (character)
        {
            case '(' or '[':
                _brackets++;
                break;
            case ')' or ']':
                _brackets--;
                break;
            case '&' when _layouts > 0 && _matrices == 0:
                _spaced = true; // only where a line is aligned
                return;
            case '}' when Last is { } open && open.Is("{")
                && !(_tokens.Count > 1 && (_tokens[^2].Kind is TokenKind.Command || _tokens[^2].Is("^") || _tokens[^2].Is("_"))):
                _tokens.RemoveAt(_tokens.Count - 1); // an empty group
                return;
            case '€' or '£' or '¥' or '₹':
                Add(TokenKind.Words, character.ToString());
                return;
        }

        Add(TokenKind.Mark, character.ToString());
    }

    // Marks of two or three characters.
    private bool ReadPair(char character)
    {
        var next = Peek();
        var (mark, kind, length) = (character, next) switch
        {
            ('<', '=') when Peek(2) == '>' => ("arrow", TokenKind.Command, 3),
            ('<', '=') => ("<=", TokenKind.Mark, 2),
            ('>', '=') => (">=", TokenKind.Mark, 2),
            ('!', '=') when Peek(2) != '=' => ("!=", TokenKind.Mark, 2),
            ('<', '>') => ("!=", TokenKind.Mark, 2),
            ('=', '<') => ("<=", TokenKind.Mark, 2),
            (':', '=') => ("=", TokenKind.Mark, 2),
            ('=', '=') => ("=", TokenKind.Mark, 2),
            ('=', '>') => ("arrow", TokenKind.Command, 2),
            ('-', '>') => ("arrow", TokenKind.Command, 2),
            ('*', '*') when IsPower() => ("^", TokenKind.Mark, 2),
            ('*', '*') => ("", TokenKind.Mark, 2), // bold face of Markdown
            ('\'', '\'') => ("''", TokenKind.Mark, 2),
            _ => ("", TokenKind.End, 0),
        };
        if (length == 0)
            return false;
        _at += length;
        if (mark.Length > 0)
            Add(kind, mark);
        else
            _spaced = true;
        return true;
    }

    // "2**12" between two values is a power.
    private bool IsPower() =>
        Last is { } last && !_spaced && (last.Kind is TokenKind.Number or TokenKind.Letter || last.Is(")") || last.Is("}"))
        && (char.IsAsciiLetterOrDigit(Peek(2)) || Peek(2) is '(' or '{' or '-');

    private void ReadLetters()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetter(_text[_at]) || (_text[_at] == '-' && InWord(start))))
            _at++;
        AddLetters(_text[start.._at]);
    }

    // The hyphen of "twenty-one" and "north-east".
    private bool InWord(int start) =>
        _at - start > 2 && _at + 3 < _text.Length && char.IsLetter(_text[_at + 1]) && char.IsLetter(_text[_at + 2])
            && char.IsLetter(_text[_at + 3]);

    // "6:30 PM", "6:30 p.m.": letters behind a time.
    private string? HalfOfDay(string run)
    {
        if (_tokens.Count < 3 || Last is not { Kind: TokenKind.Number } || !_tokens[^2].Is(":") || run[0] is not ('a' or 'p'))
            return null;
        if (run is "am" or "pm")
            return run;
        if (run.Length > 1 || Peek(0) != '.' || Peek() is not ('m' or 'M'))
            return null;
        _at += Peek(2) == '.' ? 3 : 2;
        return run + "m";
    }

    private void AddLetters(string run)
    {
        var lower = run.ToLowerInvariant();
        var afterNumber = !_spaced && Last is { Kind: TokenKind.Number };
        if (HalfOfDay(lower) is { } half)
            Add(TokenKind.Words, half);
        else if (run.Length == 1)
            Add(TokenKind.Letter, run);
        else if (lower is "infinity" or "inf" or "infty" or "oo" && (lower.Length > 2 || run == "oo"))
            AddNamed("infinity", escaped: false);
        else if (Vocabulary.Functions.Contains(lower) || lower is "sqrt" or "pi" or "union" || Vocabulary.Greek.Contains(lower)
            || IsListFunction(lower)
            || (lower is "frac" or "dfrac" or "tfrac" && Peek(0) == '{'))
            AddNamed(lower, escaped: lower.EndsWith("frac", StringComparison.Ordinal));
        else if (_prose || run.Length > 3 || Vocabulary.ShortUnits.Contains(run) || (!afterNumber && Vocabulary.ShortWords.Contains(lower)))
            Add(TokenKind.Words, run);
        else
            foreach (var letter in run)
                Add(TokenKind.Letter, letter.ToString());
    }
}
