namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Finds the first call of a turn with all readers. A native call takes precedence over text;
/// of calls in text the one that begins first counts, and the earlier reader wins a tie.
/// </summary>
internal static class CallFinder
{
    private static readonly NativeCallReader Native = new();

    private static readonly ICallReader[] Readers =
        [new MarkedCallReader(), new MarkupCallReader(), new BareJsonCallReader(), new PythonCallReader(), new ActionCallReader()];


    public static FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        if (Native.FindFirst(turn, tools) is { } native)
            return native;
        FoundCall? first = null;
        foreach (var reader in Readers)
        {
            if (reader.FindFirst(turn, tools) is { } call && (first is null || call.Start < first.Start))
                first = call;
        }

        return first;
    }
}
