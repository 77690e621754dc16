using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Ask;

/// <summary>Prints the steps of a solve as they are finished, one block each, readable with and without colour.</summary>
internal sealed class TraceView(TextWriter output) : IProgress<Step>
{
    private const int Indent = 2;
    private readonly Lock _gate = new();
    private int _index;

    public void Report(Step value)
    {
        lock (_gate)
        {
            _index++;
            switch (value)
            {
                case Said said:
                    Block($"[{_index}] said", said.Text);
                    break;
                case Called called:
                    var notes = called.Notes.Count == 0 ? "" : $" ({string.Join("; ", called.Notes)})";
                    Block($"[{_index}] called {called.Tool} {called.Arguments} -> {called.Outcome}{notes}, {called.Usage.Positions} positions", called.Observation);
                    break;
                case Thought thought:
                    output.WriteLine($"[{_index}] thought {thought.Index} ({thought.Kind}) norm {thought.Norm:0.00}, entropy {thought.Entropy:0.00} nats, near {Nearest(thought)}");
                    break;
            }
        }
    }

    private static string Nearest(Thought thought) =>
        string.Join(", ", thought.Nearest.Select(t => $"'{Printable.Line(t.Text)}' {t.Probability:0.00}"));

    private void Block(string heading, string text)
    {
        output.WriteLine(Printable.Line(heading));
        foreach (var line in Printable.Text(text).Split('\n'))
        {
            output.Write(new string(' ', Indent));
            output.WriteLine(line);
        }
    }
}
