using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// Numbers the calls of one streamed answer, whose pieces have the call's index, its id, or neither. A piece with a name begins another
/// call when the call that it seems to belong to is complete: some servers give all calls the index 0, others repeat the name in every
/// piece.
/// </summary>
internal sealed class StreamedCalls
{
    private readonly List<OpenCall> _calls = [];

    /// <summary>The number of the call that a piece belongs to, from 0.</summary>
    public int IndexOf(JsonNode? piece)
    {
        var function = piece.Member("function") as JsonObject ?? piece;
        var (index, id, name) = (piece.Member("index").Count(), Filled(piece.Member("id")), Filled(function.Member("name")));
        var arguments = CompletionReader.ArgumentsOf(function);
        var call = index is not null ? _calls.FindLast(known => known.Index == index)
            : id is not null ? _calls.Find(known => known.Id == id)
            : _calls.LastOrDefault();
        if (call is null || IsAnother(call, index, id, name, arguments))
            _calls.Add(call = new OpenCall(index, _calls.Count));
        call.Id ??= id;
        call.Name ??= name;
        call.Arguments.Append(arguments);
        return call.Number;
    }

    /// <summary>Numbers of the calls that have a name and no text of arguments; each is returned once.</summary>
    public IReadOnlyList<int> TakeEmpty()
    {
        var empty = _calls.Where(static call => call is { Name: not null, Arguments.Length: 0 }).ToList();
        foreach (var call in empty)
            call.Arguments.Append(CompletionReader.NoArguments);
        return [.. empty.Select(static call => call.Number)];
    }

    private static bool IsAnother(OpenCall call, int? index, string? id, string? name, string arguments)
    {
        if (name is null || call.Name is null)
            return false;
        var isSame = call.Name == name && (id is null || call.Id is null || call.Id == id);
        if (call.Arguments.Length == 0) // its arguments may come, or it has none
            return !isSame && index is null;
        return call.IsComplete && !(isSame && arguments.Length == 0);
    }

    private static string? Filled(JsonNode? value) => value.Text() is { Length: > 0 } text ? text : null;

    private sealed class OpenCall(int? index, int number)
    {
        public int? Index => index;

        public int Number => number;

        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();

        public bool IsComplete
        {
            get
            {
                try
                {
                    using var parsed = JsonDocument.Parse(Arguments.ToString());
                    return true;
                }
                catch (JsonException)
                {
                    return false;
                }
            }
        }
    }
}
