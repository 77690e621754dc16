using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>A graph of a graph corpus, in tokens.</summary>
/// <param name="Prompt">The conversation up to the mark that begins the thoughts.</param>
/// <param name="Frontiers">Item k - 1: the nodes that are k hops from the root.</param>
/// <param name="Answer">Mark, node reached, end of turn.</param>
/// <param name="Hops">Hops to the node that is reached.</param>
/// <param name="Successors">The nodes behind each node that has some.</param>
internal sealed record SearchedGraph(
    int[] Prompt, IReadOnlyList<int[]> Frontiers, int[] Answer, int Hops, IReadOnlyDictionary<int, int[]> Successors)
{
    /// <summary>Reads a row of a corpus that was drawn with <c>graphs: true</c>.</summary>
    public static SearchedGraph Read(TokenFile file, int row, MiniVocabulary words)
    {
        var (prompt, text) = file.Question(row);
        var (layer, comma, arrow, line) = (One(";"), One(","), One(">"), Array.IndexOf(text, One("\n")));
        var frontiers = new List<int[]>();
        for (var from = 0; from < line;)
        {
            var end = Array.IndexOf(text, layer, from, line - from) is var at and >= 0 ? at : line;
            frontiers.Add([.. text[from..end].Where(token => token != comma)]);
            from = end + 1;
        }

        var edges = Enumerable.Range(0, prompt.Length).Where(at => prompt[at] == arrow)
            .Select(at => (From: prompt[at - 1], To: prompt[at + 1]));
        return new SearchedGraph(
            [.. prompt, words.Control(MiniVocabulary.LatentStart)],
            frontiers,
            [.. text[(line + 1)..], words.Control(MiniVocabulary.MessageEnd)],
            file.Steps(row),
            edges.GroupBy(static edge => edge.From)
                .ToDictionary(static node => node.Key, static node => node.Select(static edge => edge.To).ToArray()));

        int One(string token) => words.Encode(token)[0];
    }
}
