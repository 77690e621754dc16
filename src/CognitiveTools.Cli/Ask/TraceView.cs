using System.Collections.Immutable;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Ask;

/// <summary>
/// Prints the finished steps of a solve as a tree: a turn, its text, the call it ended in, and the
/// observation. Latent thoughts are a branch of their own. Readable with and without colour.
/// </summary>
internal sealed class TraceView(TextWriter output) : IProgress<Step>
{
    private readonly Lock _gate = new();
    private int _turn;
    private bool _inThoughts;

    /// <summary>Prints the head of a turn whose text another view prints.</summary>
    public void BeginTurn()
    {
        lock (_gate)
            Line(0, $"turn {++_turn}");
    }

    public void Report(Step value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case Said said:
                    Line(0, $"turn {++_turn}");
                    if (said.Thoughts is { } thoughts)
                    {
                        Line(1, "thoughts");
                        Text(2, thoughts);
                    }

                    Text(1, said.Text);
                    break;
                case Called called:
                    var notes = called.Notes.Count == 0 ? "" : $" ({string.Join("; ", called.Notes)})";
                    Line(1, $"call {called.Tool} {called.Arguments}");
                    Line(2, $"{called.Outcome}, {UsageWords.Positions(called.Usage)}{notes}");
                    Text(3, called.Observation);
                    break;
                case Thought thought:
                    if (!_inThoughts)
                        Line(0, "latent");
                    Line(1, FormattableString.Invariant($"thought {thought.Index} ({thought.Kind}) {Norm(thought)}")
                        + FormattableString.Invariant($"entropy {thought.Entropy:0.00} nats, near {Nearest(thought)}"));
                    foreach (var (state, text) in thought.Readings ?? ImmutableDictionary<string, string>.Empty)
                    {
                        Line(2, $"read from {From(state)}");
                        Text(3, text);
                    }

                    break;
                case Branch branch:
                    var sure = branch.Confidence is { } confidence ? FormattableString.Invariant($" (confidence {confidence:0.00})") : "";
                    var first = branch.First is { } token
                        ? FormattableString.Invariant($" from '{token.Text}' {token.Probability:0.00}")
                        : "";
                    var answer = branch.Answer is { } read ? $": answer {read}" : "";
                    Line(0, $"branch {branch.Index}{first}{(branch.Chosen ? ", chosen" : "")}{answer}{sure}");
                    Text(1, branch.Text);
                    break;
                case Agreement agreement:
                    Line(0, FormattableString.Invariant($"greedy decoding has {agreement.Identical} of {agreement.Thoughts} tokens ")
                        + FormattableString.Invariant($"the same; spread {agreement.Spread:0.00}"));
                    break;
            }

            _inThoughts = value is Thought;
        }
    }

    // A token that was fed has no vector of its own.
    private static string Norm(Thought thought) =>
        thought.Kind == "token" ? "" : FormattableString.Invariant($"norm {thought.Norm:0.00}, ");

    private static string From(string state) => state switch
    {
        "own" => "its hidden state",
        "none" => "no state (control)",
        _ => "the state of another question (control)",
    };

    private static string Nearest(Thought thought) =>
        string.Join(", ", thought.Nearest.Select(t => FormattableString.Invariant($"'{t.Text}' {t.Probability:0.00}")));

    private void Line(int depth, string text)
    {
        for (var i = 0; i < depth; i++)
            output.Write("| ");
        output.WriteLine(TerminalText.Line(text));
    }

    private void Text(int depth, string text)
    {
        foreach (var line in TerminalText.Block(text).TrimEnd('\n').Split('\n'))
            Line(depth, line);
    }
}
