namespace CognitiveTools.Loop.Reading;

/// <summary>
/// Reads a turn with every reader. A native call counts before any text; of calls in text the one that begins first, an
/// earlier reader winning a tie.
/// </summary>
internal static class CallReading
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
