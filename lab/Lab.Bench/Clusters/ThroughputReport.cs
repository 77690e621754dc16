namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>What a cluster of one process costs.</summary>
/// <param name="LocalPerSecond">Units a second of the harness without a cluster, no model.</param>
/// <param name="ClusterPerSecond">The same on the cluster.</param>
/// <param name="LocalProcessor">Processor time of a unit without a cluster, no model; a busy machine does not change it much.</param>
/// <param name="ClusterProcessor">The same on the cluster: worker, grains and log together.</param>
/// <param name="Overhead">Time of a worker's place for a slow unit on the cluster, less that of the harness alone.</param>
/// <param name="LeasedPerSecond">Units leased a second by one caller, 32 in a call.</param>
/// <param name="RenewedPerSecond">Units renewed a second by one caller, 32 in a call.</param>
/// <param name="CompletedPerSecond">Units completed a second by four callers, 64 in a call, on disk.</param>
/// <param name="RecordBytes">Bytes of the log for a unit.</param>
/// <param name="TranscriptBytes">Bytes of the transcripts for a unit, equal ones once.</param>
internal sealed record ThroughputReport(
    double LocalPerSecond,
    double ClusterPerSecond,
    TimeSpan LocalProcessor,
    TimeSpan ClusterProcessor,
    TimeSpan Overhead,
    double LeasedPerSecond,
    double RenewedPerSecond,
    double CompletedPerSecond,
    double RecordBytes,
    double TranscriptBytes)
{
    /// <summary>Completions a second that are wanted on two cores.</summary>
    public const double WantedPerSecond = 2000;

    /// <summary>The most overhead of a unit that is wanted.</summary>
    public static readonly TimeSpan WantedOverhead = TimeSpan.FromMilliseconds(1);

    public bool IsReached => ClusterPerSecond >= WantedPerSecond && Overhead <= WantedOverhead;
}
