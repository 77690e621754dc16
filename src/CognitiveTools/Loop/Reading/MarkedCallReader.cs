namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Finds calls after a mark: <c>&lt;call&gt;{"tool":"name","args":{...}}&lt;/call&gt;</c>, and the marks that other models were
/// trained to write (<see cref="CallMark"/>). <see cref="CallBody"/> reads the text after the mark.
/// </summary>
internal sealed class MarkedCallReader : ICallReader
{
    private const int MostMarks = 64;
    private const int MostEnds = 8; // a text of the call may contain a closing mark

    public FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        var text = turn.Visible;
        var from = 0;
        for (var i = 0; i < MostMarks && CallMark.Next(text, from) is { } found; i++)
        {
            if (Read(text, found.Mark, found.Index, turn.Cut, tools) is { } call)
                return call;
            from = found.Index + found.Mark.Open.Length;
        }

        return null;
    }

    private static FoundCall? Read(string text, CallMark mark, int start, bool cut, IReadOnlyCollection<string> tools)
    {
        var body = start + mark.Open.Length;
        // A mark around several calls: the call begins at the next one.
        var inner = LiteralReader.SkipBlanks(text, body, text.Length);
        if (!mark.IsOwn && CallMark.At(text, inner) is { IsOwn: false } first)
            return Read(text, first, inner, cut, tools) is { } within ? within with { Start = start } : null;

        var end = mark.End(text, body);
        var (at, call) = (end, (FoundCall?)null);
        for (var i = 0; i < MostEnds && at is { } close; i++)
        {
            call = CallBody.Read(text, body, close.Index, openEnd: false, tools);
            if (call.Error is null)
                return call with { Start = start, End = Behind(text, close.Behind) };
            at = mark.End(text, close.Behind);
        }

        // A stop sequence removes the closing mark only; a limit may remove more.
        call = CallBody.Read(text, body, end?.Index ?? text.Length, openEnd: end is not null || !cut, tools);
        if (call.Error is not null && !mark.IsOwn && IsMention(text, start, body, tools))
            return null;
        return call with
        {
            Start = start,
            End = end?.Behind ?? (call.Error is null ? call.End : text.Length),
            MissingEnd = end is null && call.Error is null ? mark.Close.FirstOrDefault("") : "",
        };
    }

    // Within a sentence and without the name of an offered tool, the text only mentions the mark.
    private static bool IsMention(string text, int start, int body, IReadOnlyCollection<string> tools)
    {
        var line = text.LastIndexOf('\n', Math.Max(0, start - 1)) + 1;
        if (start == 0 || string.IsNullOrWhiteSpace(text[line..start]))
            return false;
        var lineEnd = text.IndexOf('\n', LiteralReader.SkipBlanks(text, body, text.Length));
        var reach = text.AsSpan(body, (lineEnd < 0 ? text.Length : lineEnd) - body);
        foreach (var tool in tools)
        {
            if (reach.Contains(tool, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    // The end of the mark around several calls belongs to the call too.
    private static int Behind(string text, int end)
    {
        var next = LiteralReader.SkipBlanks(text, end, text.Length);
        foreach (var mark in CallMark.All)
        {
            foreach (var close in mark.Close)
            {
                if (string.Compare(text, next, close, 0, close.Length, StringComparison.OrdinalIgnoreCase) == 0)
                    return next + close.Length;
            }
        }

        return end;
    }
}
