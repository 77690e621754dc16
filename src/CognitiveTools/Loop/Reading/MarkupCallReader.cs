namespace CognitiveTools.Loop.Reading;

/// <summary>Calls in markup (<see cref="MarkupCall"/>) that no mark stands before. A tag that is only mentioned is no call.</summary>
internal sealed class MarkupCallReader : ICallReader
{
    private const int MostTags = 64;

    public FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        var text = turn.Visible;
        var left = MostTags;
        for (var tag = MarkupCall.Opening().Match(text); tag.Success && left-- > 0; tag = tag.NextMatch())
        {
            var call = MarkupCall.Read(text, tag.Index, text.Length, openEnd: !turn.Cut)!;
            if (call.Error is null || (BeginsLine(text, tag.Index) && tools.Contains(call.Tool, StringComparer.OrdinalIgnoreCase)))
                return call;
        }

        return null;
    }

    private static bool BeginsLine(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
            at--;
        return at == 0 || text[at - 1] == '\n';
    }
}
