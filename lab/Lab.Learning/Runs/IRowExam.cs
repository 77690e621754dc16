using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>How a course in rows begins and examines its network.</summary>
internal interface IRowExam
{
    /// <summary>The most thoughts that a stage of the course can have.</summary>
    int MostThoughts { get; }

    /// <summary>Sets marks of a network that was not trained yet, and says what the first line of the log has of it.</summary>
    JsonObject Begin(Decoder network);

    /// <summary>Adds to a report what held-out conversations show.</summary>
    /// <param name="report">The report.</param>
    /// <param name="network">The network.</param>
    /// <param name="thoughts">Thoughts of the course's stage.</param>
    /// <returns>The share of conversations that are continued exactly.</returns>
    double Examine(JsonObject report, Decoder network, int thoughts);
}
