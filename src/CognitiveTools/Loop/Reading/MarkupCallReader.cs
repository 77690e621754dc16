namespace CognitiveTools.Loop.Reading;

/// <summary>Finds calls in markup (<see cref="MarkupCall"/>) without a mark before them. Mere mentions of a tag are ignored.</summary>
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
