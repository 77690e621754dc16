using CognitiveTools.Calls;

namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Reads JSON and Python literals with a tolerant grammar: both kinds of quotes, triple quotes, dictionaries,
/// lists, tuples, numbers, true/True/false/False/null/None, unquoted keys, trailing commas. It evaluates
/// nothing: a name, an operator or a call is an error. Typical slips of small models are repaired and noted.
/// Every loop consumes a character or ends, and nesting is bounded, so reading takes time linear in the text.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="position">Where to begin.</param>
/// <param name="end">Where the text ends for this reader.</param>
/// <param name="openEnd">Whether brackets still open at the end may be closed.</param>
internal sealed class LiteralReader(string text, int position, int end, bool openEnd)
{
    private const int DeepestNesting = 32;
    private readonly QuotedTextReader _strings = new(text, end);
    private int _depth;

    /// <summary>Where reading goes on.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Why the last read failed.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Repairs made, each named once.</summary>
    public SortedSet<string> Notes { get; } = new(StringComparer.Ordinal);

    public bool AtEnd => Position >= end;

    public char Current => Position < end ? text[Position] : '\0';

    /// <summary>The first character after the current one that is not blank; NUL at the end.</summary>
    public char PeekBehind()
    {
        var at = SkipBlanks(text, Position + 1, end);
        return at < end ? text[at] : '\0';
    }

    public void SkipBlanks() => Position = SkipBlanks(text, Position, end);

    /// <summary>The index of the next character that is not blank, or the end.</summary>
    public static int SkipBlanks(string text, int from, int end)
    {
        while (from < end && char.IsWhiteSpace(text[from]))
            from++;
        return from;
    }

    /// <summary>Takes a character if it is next; skips blanks.</summary>
    public bool Take(char wanted)
    {
        SkipBlanks();
        if (Current != wanted || AtEnd)
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes a closing bracket, or the end of the text if that is allowed.</summary>
    public bool TakeClosing(char bracket)
    {
        if (Take(bracket))
            return true;
        if (AtEnd && openEnd)
        {
            Notes.Add("missing closing brackets were added");
            return true;
        }

        return Fail(AtEnd ? "it was cut off before it ended" : $"'{bracket}' was expected instead of '{Current}'");
    }

    /// <summary>Takes a name such as a parameter's; empty when a name is not next.</summary>
    public string TakeName()
    {
        SkipBlanks();
        var start = Position;
        while (Position < end && (char.IsAsciiLetterOrDigit(text[Position]) || text[Position] == '_'))
            Position++;
        return text[start..Position];
    }

    /// <summary>Takes <c>name=</c>; <see langword="null"/>, without moving, when that is not next.</summary>
    public string? TakeKeyword()
    {
        var before = Position;
        var name = TakeName();
        if (name.Length > 0 && Take('=') && Current != '=')
            return name;
        Position = before;
        return null;
    }

    /// <summary>Reads a value; <see langword="null"/>, with <see cref="Error"/> set, when a value is not next.</summary>
    public Literal? Read()
    {
        SkipBlanks();
        if (AtEnd)
            return Failed("it was cut off before it ended");
        if (_strings.Begins(Position))
            return ReadString(isKey: false) is { } value ? new TextLiteral(value) : null;
        if (_depth >= DeepestNesting)
            return Failed("it is nested too deeply");
        _depth++;
        var literal = Current switch
        {
            '{' => ReadMap(),
            '[' => ReadList(']'),
            '(' => ReadList(')'),
            _ => ReadBare(),
        };
        _depth--;
        return literal;
    }

    private MapLiteral? ReadMap()
    {
        Position++;
        var entries = new List<(string Key, Literal Value)>();
        while (true)
        {
            SkipBlanks();
            if (Current == '}' || (AtEnd && entries.Count > 0))
                return TakeClosing('}') ? new MapLiteral(entries) : null;
            var key = _strings.Begins(Position) ? ReadString(isKey: true) : TakeName();
            if (key is null)
                return null;
            if (key.Length == 0)
                return Failed<MapLiteral>(AtEnd ? "it was cut off before it ended"
                    : $"an argument's name was expected instead of '{Current}'");
            if (!Take(':') && !Take('='))
                return Failed<MapLiteral>(AtEnd ? "it was cut off before it ended" : $"':' was expected after '{key}'");
            if (Read() is not { } value)
                return null;
            entries.Add((key, value));
            if (!TakeComma('}'))
                return TakeClosing('}') ? new MapLiteral(entries) : null;
        }
    }

    private Literal? ReadList(char closing)
    {
        Position++;
        var items = new List<Literal>();
        while (true)
        {
            SkipBlanks();
            if (Current == closing || (AtEnd && items.Count > 0))
                break;
            if (Read() is not { } item)
                return null;
            items.Add(item);
            if (!TakeComma(closing))
                break;
        }

        if (!TakeClosing(closing))
            return null;
        // Parentheses around one value only group it.
        return closing == ')' && items.Count == 1 ? items[0] : new ListLiteral(items);
    }

    private bool TakeComma(char closing)
    {
        if (!Take(','))
            return false;
        SkipBlanks();
        if (Current == closing)
            Notes.Add("a trailing comma was dropped");
        return true;
    }

    private Literal? ReadBare()
    {
        var start = Position;
        if (char.IsAsciiLetter(Current))
        {
            var word = TakeName();
            return word is "true" or "false" or "null" or "True" or "False" or "None"
                ? new BareLiteral(word)
                : Failed($"'{ToolCall.Shorten(word)}' is a name; arguments must be written out as values");
        }

        while (Position < end && (char.IsAsciiDigit(text[Position]) || text[Position] is '+' or '-' or '.' or '/' or '_' or 'e' or 'E'))
            Position++;
        return Position > start && text.AsSpan(start, Position - start).ContainsAnyInRange('0', '9')
            ? new BareLiteral(text[start..Position])
            : Failed($"a value was expected instead of '{Current}'");
    }

    private string? ReadString(bool isKey)
    {
        var read = _strings.Read(Position, isKey, openEnd);
        Position = read.Next;
        if (read.Note is { } note)
            Notes.Add(note);
        if (read.Value is null)
            Fail("it was cut off inside a text");
        return read.Value;
    }

    private Literal? Failed(string error) => Failed<Literal>(error);

    private T? Failed<T>(string error)
        where T : class
    {
        Fail(error);
        return null;
    }

    private bool Fail(string error)
    {
        Error = error;
        return false;
    }
}
