using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>What a run learns from, in which order and at which rate.</summary>
internal interface ICourse
{
    /// <summary>Whether the run is over.</summary>
    bool IsDone { get; }

    /// <summary>The rate as a share of the run's highest.</summary>
    double Rate { get; }

    /// <summary>Whether a report is due; it is also when a checkpoint is written.</summary>
    bool IsReportDue { get; }

    /// <summary>Progress as a checkpoint keeps it; setting it continues from there.</summary>
    JsonObject Progress { get; set; }

    /// <summary>The next conversations.</summary>
    Batch Next();

    /// <summary>Counts a batch as learned.</summary>
    void Advance(Batch batch);
}

/// <summary>A course, and when and how its network is examined.</summary>
/// <typeparam name="TNetwork">Kind of network.</typeparam>
internal interface ICourse<in TNetwork> : ICourse
{
    /// <summary>Begins or goes on: what the first line of the log says of the course. May examine the network and set marks.</summary>
    JsonObject Describe(TNetwork network);

    /// <summary>Examines the network; may begin the next part of the course.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">Mean loss since the last report.</param>
    /// <returns>What the log says.</returns>
    JsonObject Report(TNetwork network, double loss);
}
