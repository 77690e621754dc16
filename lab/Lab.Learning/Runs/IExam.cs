using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>Examines a network at the reports of a course.</summary>
/// <typeparam name="TNetwork">Kind of network.</typeparam>
internal interface IExam<in TNetwork>
{
    /// <summary>Adds figures to a report.</summary>
    void Examine(JsonObject report, TNetwork network);
}
