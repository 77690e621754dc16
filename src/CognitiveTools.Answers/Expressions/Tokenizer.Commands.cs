using System.Globalization;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>Commands of LaTeX.</content>
internal sealed partial class Tokenizer
{
    private static readonly string[] Lengths = ["pt", "mm", "cm", "em", "ex", "in", "mu", "bp", "pc"];

    private void AddNamed(string name, bool escaped)
    {
        var known = Vocabulary.Command(name);
        if (known is "imath" or "jmath")
            known = known[..1];
        if (Vocabulary.Greek.Contains(known) || known is "RR" or "ZZ" or "NN" or "QQ" or "CC" or "T" or "i" or "j")
            Add(TokenKind.Letter, known);
        else if (known is "or" or "and" or "€" or "£" or "¥")
            Add(TokenKind.Words, known);
        else if (known is "set" or "endset" or "row" || !char.IsLetter(known[0]))
            Add(TokenKind.Mark, known, escaped: name is "times");
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
            ReadFace(name);
        else if (Vocabulary.Dropped.Contains(name))
            DropArgument(name);
        else if (name is "bbox")
            _ = Peek(0) == '[' && _text.IndexOf(']', _at) is var close and > 0 ? _at = close + 1 : _at;
        else if (name is "fcolorbox")
            _ = (Argument(), Argument());
        else if (name is "begin" or "end" && ReadLayout(name))
            _spaced = true;
        else if (!Vocabulary.Ignored.Contains(name))
            AddNamed(name, escaped: true);
        else if (name is "left" or "right" && Peek(0) == '.')
            _at++; // an invisible bracket
        else
            _spaced = true;
    }

    private void DropArgument(string name)
    {
        if (name is "color" or "textcolor" or "colorbox" && Peek(0) == '[' && _text.IndexOf(']', _at) is var end and >= 0)
            _at = end + 1;
        _ = Argument();
        _spaced = true;
    }

    // An environment that only lays out what is in it leaves nothing but its content.
    private bool ReadLayout(string name)
    {
        var from = _at;
        var environment = Argument().TrimEnd('*');
        var layout = Vocabulary.Layouts.Contains(environment) || (environment is "cases" && !_text.Contains('&', StringComparison.Ordinal));
        _layouts += layout ? (name == "begin" ? 1 : -1) : 0;
        _matrices += layout ? 0 : (name == "begin" ? 1 : -1);
        if (!layout)
            _at = from;
        return layout;
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
                SkipRowSpace();
                break;
            case '|':
                Add(TokenKind.Mark, "|");
                break;
            case '$':
                DropCurrencyLetters();
                Add(TokenKind.Mark, "$");
                break;
            case '%' or '&' or '#' or '_':
                Add(TokenKind.Mark, character is '%' or '&' ? character.ToString() : Unreadable);
                break;
            default:
                _spaced = true; // \, \! \; \: and the delimiters \( \) \[ \]
                break;
        }
    }

    // The space that "\\[4pt]" asks for is not a factor of the next row.
    private void SkipRowSpace()
    {
        if (Peek(0) == '*')
            _at++;
        if (Peek(0) != '[' || _text.IndexOf(']', _at) is not (var end and > 0))
            return;
        var length = _text[(_at + 1)..end].Trim();
        if (Lengths.Any(unit => length.EndsWith(unit, StringComparison.Ordinal))
            && double.TryParse(length.AsSpan(0, length.Length - 2).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            _at = end + 1;
    }

    private void ReadFace(string name)
    {
        var raw = Argument();
        var content = raw.Trim();
        var inner = content.AsSpan().Trim("() .");
        var isText = name.StartsWith("text", StringComparison.Ordinal) || name is "mbox" or "hbox" or "emph" or "underline";
        var isUnit = content is [(>= 'a' and <= 'z' and not ('i' or 'e' or 'd' or 'o')) or 'N' or 'J' or 'W' or 'V' or 'L']
            && BehindValue(content[0], raw[0] == ' ') && name is not ("mathbf" or "mathit" or "boldsymbol" or "bm");
        if (content.Length == 0)
            _spaced = true;
        else if (name is "mathbb" && content is "R" or "Z" or "N" or "Q" or "C")
            Add(TokenKind.Letter, content + content);
        else if (isUnit)
            Add(TokenKind.Words, content); // "7\text{ m}"
        else if (content.Contains('^', StringComparison.Ordinal) && BehindValue('m', spaced: true) && UnitsOf(content) is { } units)
            Add(TokenKind.Words, units); // "48\,\mathrm{m\,s^{-1}}"
        else if (content.ToLowerInvariant() is "infinity" or "infty")
            AddNamed("infinity", escaped: false);
        else if (Vocabulary.Functions.Contains(content) || content is "union" or "frac" || IsListFunction(content))
            AddNamed(content, escaped: false);
        else if (isText)
            ReadProse(content);
        else if (inner.Length == 1 || content.AsSpan().ContainsAny(Mathematics))
        {
            Sub(content, prose: false);
            if (name is "mathbf" or "boldsymbol" or "bm" && Last is { Kind: TokenKind.Letter } vector)
                _tokens[^1] = vector with { Escaped = true };
        }
        else
        {
            Add(TokenKind.Words, content);
        }
    }

    // "lcm(4,6)"; the word alone is not a function.
    private bool IsListFunction(string name) => Vocabulary.ListFunctions.Contains(Vocabulary.Command(name.ToLowerInvariant()))
        && _text.AsSpan(_at).TrimStart().StartsWith("(", StringComparison.Ordinal);

    // Units with powers between them, as words; null when something else is there.
    private static string? UnitsOf(string content)
    {
        var words = content.Replace("\\cdot", " ", StringComparison.Ordinal).Replace("\\,", " ", StringComparison.Ordinal)
            .Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        return !words.Contains('\\', StringComparison.Ordinal) && Units.Read(words) is { Base.Length: > 0 } ? words : null;
    }

    // Where a letter in roman type is a unit: behind a number, behind another unit, and in a fraction behind a number.
    private bool BehindValue(char letter, bool spaced) => _tokens is [.., var last] && (
        last.Kind is TokenKind.Number || (last.Is("}") && (spaced || char.IsAsciiLetterLower(letter)))
        || (_tokens is [.., { Kind: TokenKind.Words }, { Kind: TokenKind.Mark, Text: "*" or "/" }])
        || (last.Is("{") && _tokens is [.., { Kind: TokenKind.Number }, { Kind: TokenKind.Command, Text: "frac" }, _])
        || (last.Is("{") && _tokens is [.., { Kind: TokenKind.Words }, { Kind: TokenKind.Mark, Text: "}" }, _]));

    // Words, with the separators of lists and labels between them: "A, C, and E", "goats and", "Answer: 25".
    private void ReadProse(string content)
    {
        var chunk = "";
        foreach (var piece in Pieces(content))
        {
            if (piece is "," or ";" or ":" or "and" or "or" or "to")
            {
                AddChunk(chunk);
                chunk = "";
                Add(piece.Length > 1 ? TokenKind.Words : TokenKind.Mark, piece);
            }
            else
            {
                chunk += " " + piece;
            }
        }

        AddChunk(chunk);
    }

    private static IEnumerable<string> Pieces(string content)
    {
        foreach (var word in content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var start = 0;
            for (var i = 0; i < word.Length; i++)
            {
                // A comma or colon at a word's end, or a colon between digits; the comma of "1,234" belongs to the number.
                if (word[i] is ';' || (word[i] is ',' or ':'
                    && (i + 1 == word.Length || !char.IsAsciiDigit(word[i + 1]) || (word[i] == ':' && i > 0))))
                {
                    if (i > start)
                        yield return word[start..i];
                    yield return word[i].ToString();
                    start = i + 1;
                }
            }

            if (start < word.Length)
                yield return word[start..];
        }
    }

    private void AddChunk(string chunk)
    {
        chunk = chunk.Trim();
        if (chunk.Length == 0)
            return;
        _spaced = true;
        if (chunk.LastIndexOf(' ') is var space and > 0 && space == chunk.Length - 2
            && Vocabulary.Plain(chunk[..space]) is "option" or "choice" or "answer" or "answer choice")
        {
            Add(TokenKind.Words, chunk[..space]);
            Add(TokenKind.Letter, chunk[^1..]);
            return;
        }

        if (chunk.AsSpan().Trim("() .").Length == 1 || chunk.AsSpan().ContainsAny(Mathematics) || chunk is ['(', ..])
            Sub(chunk, prose: true);
        else
            Add(TokenKind.Words, chunk, escaped: true);
    }

    private void Sub(string content, bool prose) => new Tokenizer(content, _tokens, _nesting + 1, _brackets, prose).Run();

    // The balanced {...} here, or the next character.
    private string Argument()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
        if (_at >= _text.Length)
            return "";
        if (_text[_at] != '{')
            return _text[_at++].ToString();
        var close = Braces.Closing(_text, _at) is var found and >= 0 ? found : _text.Length;
        var content = _text[(_at + 1)..close];
        _at = Math.Min(close + 1, _text.Length);
        return content;
    }
}
