using System.Text;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <content>Numbers as they are written: groups of three digits, decimals, powers of ten.</content>
internal sealed partial class Tokenizer
{
    // What may stand between groups of three digits. A bare comma only where it does not part items.
    private static readonly string[] Separators = [",\\!", "{,}", "\\mathord{,}", "\\mathpunct{,}", "\\,", "\\;", "\\:", "\\ ", "{\\,}",
        "~", " ", "'", "_", ","];

    private void ReadNumber()
    {
        var digits = new StringBuilder();
        Digits(digits);
        if (digits.Length is >= 1 and <= 3 && digits[0] != '0')
        {
            string? separator = null;
            while (GroupLength(ref separator) is var length and > 0)
            {
                digits.Append(_text, _at + length - 3, 3);
                _at += length;
            }
        }

        if (Peek(0) == '.' && char.IsAsciiDigit(Peek()))
        {
            digits.Append('.');
            _at++;
            Digits(digits);
        }
        else if (DecimalComma() is var comma and > 0)
        {
            digits.Append('.');
            _at += comma;
            Digits(digits);
        }
        else if (Peek(0) == '.' && IsPeriod(_at + 1))
        {
            digits.Append('.'); // 0.\overline{3}: the parser joins them
            _at++;
        }

        if (digits.Length > NumberText.LongestRun)
            throw new OperationLimitException("digits");
        Add(TokenKind.Number, digits.ToString());
        ReadPowerOfTen(digits);
    }

    private void Digits(StringBuilder digits)
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            digits.Append(_text[_at++]);
    }

    // "0{,}75", as TeX sets a decimal comma.
    private int DecimalComma()
    {
        var rest = _text.AsSpan(_at);
        var separator = rest.StartsWith("{,}", StringComparison.Ordinal) ? 3 : 0;
        return separator > 0 && rest.Length > separator && char.IsAsciiDigit(rest[separator]) ? separator : 0;
    }

    private bool IsPeriod(int at) => _text.AsSpan(at) is var rest
        && (rest.StartsWith("\\overline", StringComparison.Ordinal) || rest.StartsWith("\\bar", StringComparison.Ordinal)
            || rest.StartsWith("\\dot{", StringComparison.Ordinal) || rest.StartsWith("\\dot ", StringComparison.Ordinal)
            || (rest.StartsWith("\\dot", StringComparison.Ordinal) && rest.Length > 4 && char.IsAsciiDigit(rest[4])));

    // "4.2E5", "3.2e-4", "2e5". "3e-2" stays 3 e - 2.
    private void ReadPowerOfTen(StringBuilder digits)
    {
        if (Peek(0) is not ('e' or 'E'))
            return;
        var signed = Peek() is '-' or '+';
        var from = _at + (signed ? 2 : 1);
        var end = from;
        while (end < _text.Length && end - from < 5 && char.IsAsciiDigit(_text[end]))
            end++;
        var known = Peek(0) == 'E' || !signed || digits.ToString().Contains('.', StringComparison.Ordinal);
        if (end == from || end - from > 4 || !known || (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '.')))
            return;
        Add(TokenKind.Mark, "*");
        Add(TokenKind.Number, "10");
        Add(TokenKind.Mark, "^");
        Add(TokenKind.Mark, "{");
        if (signed)
            Add(TokenKind.Mark, _text[_at + 1].ToString());
        Add(TokenKind.Number, _text[from..end]);
        Add(TokenKind.Mark, "}");
        _at = end;
    }

    // Length of a separator and three digits here; 0 when no group of three follows. All separators of a number are the same.
    private int GroupLength(ref string? separator)
    {
        var rest = _text.AsSpan(_at);
        foreach (var candidate in Separators)
        {
            if (!rest.StartsWith(candidate, StringComparison.Ordinal) || (separator is not null && candidate != separator)
                || (candidate == "," && _brackets > 0))
                continue;
            var at = candidate.Length;
            while (candidate == ",\\!" && at < rest.Length && rest[at] == ' ')
                at++;
            var isGroup = rest.Length >= at + 3 && !rest.Slice(at, 3).ContainsAnyExceptInRange('0', '9')
                && (rest.Length == at + 3 || !char.IsAsciiDigit(rest[at + 3]));
            if (!isGroup)
                continue;
            // "5 125/1000" is a mixed number, "2_345" could be a base only with braces, "x' 234" no number at all.
            var slash = rest[(at + 3)..].TrimStart(' ') is ['/', ..];
            if (slash && candidate is " " or "\\ " or "~" or "\\,")
                continue;
            separator = candidate;
            return at + 3;
        }

        return 0;
    }
}
