namespace CognitiveTools.Loop.Reading;

/// <summary>Reads a turn with every reader; the call that begins first counts, an earlier reader winning a tie.</summary>
internal static class CallReading
{
    private static readonly ICallReader[] Readers = [new JsonCallReader(), new PythonCallReader()];

    public static FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools)
    {
        FoundCall? first = null;
        foreach (var reader in Readers)
        {
            if (reader.FindFirst(turn, tools) is { } call && (first is null || call.Start < first.Start))
                first = call;
        }

        return first;
    }
}
