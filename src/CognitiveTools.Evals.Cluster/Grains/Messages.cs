using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Grains;

/// <summary>A unit's name on the wire.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct UnitName(string Problem, string Arm, int Sample)
{
    public static implicit operator UnitName(UnitKey key) => new(key.Problem, key.Arm, key.Sample);

    public static implicit operator UnitKey(UnitName name) => new(name.Problem, name.Arm, name.Sample);
}

/// <summary>What is to be run, as the process that wants it says.</summary>
/// <param name="Session">Name of the session; a run that is opened again after its owner died keeps it.</param>
/// <param name="Header">The header (JSON).</param>
/// <param name="Problems">The problems (JSON Lines).</param>
/// <param name="Directory">Folder of the run, as every process that can own runs reaches it.</param>
/// <param name="Model">The model of arms that name none; <see langword="null"/> for the worker's own default.</param>
/// <param name="RetryErrors">See <see cref="RunOptions.RetryErrors"/>.</param>
/// <param name="Positions">See <see cref="RunLimits.Positions"/>.</param>
/// <param name="WallTime">See <see cref="RunLimits.WallTime"/>.</param>
/// <param name="ErrorShare">See <see cref="RunLimits.ErrorShare"/>.</param>
[GenerateSerializer, Immutable]
internal sealed record RunOrder(
    string Session,
    byte[] Header,
    byte[] Problems,
    string Directory,
    string? Model,
    bool RetryErrors,
    long? Positions,
    TimeSpan? WallTime,
    double ErrorShare);

/// <summary>What became of an order.</summary>
/// <param name="Session">The session that the run is in; <see langword="null"/> when it could not be opened.</param>
/// <param name="Header">The header as it is on disk (JSON).</param>
/// <param name="Error">Why it could not be opened.</param>
/// <param name="Fault">The kind of the error.</param>
[GenerateSerializer, Immutable]
internal sealed record RunOpened(string? Session, byte[] Header, string? Error, RunOpenFault Fault);

/// <summary>Why a run could not be opened.</summary>
internal enum RunOpenFault
{
    /// <summary>It is open.</summary>
    None,

    /// <summary>The order contradicts the run.</summary>
    Differs,

    /// <summary>Files: another writer, rights, a full disk.</summary>
    Files,

    /// <summary>A file is damaged.</summary>
    Damaged,
}

/// <summary>What a worker needs to work on a run.</summary>
[GenerateSerializer, Immutable]
internal sealed record RunOffer(string Session, byte[] Header, byte[] Problems, string? Model, int Shards);

/// <summary>How a run stands.</summary>
/// <param name="Session">The session; <see langword="null"/> while the run is not open.</param>
/// <param name="Stopped">Why no further unit may begin; <see langword="null"/> while units may begin.</param>
/// <param name="Failed">Whether it was stopped because the log cannot be written.</param>
/// <param name="Over">Whether no result is expected any more: all units are finished, or the run was stopped.</param>
/// <param name="Texts">Of how many units in progress each worker should send the text.</param>
[GenerateSerializer, Immutable]
internal sealed record RunPulse(string? Session, string? Stopped, bool Failed, bool Over, int Texts);

/// <summary>Records for those who watch a run.</summary>
/// <param name="Pulse">How the run stands.</param>
/// <param name="Owner">The process that owns the run.</param>
/// <param name="List">Name of the list of records; after the owner died there is another one, in another order.</param>
/// <param name="Planned">Units in all.</param>
/// <param name="Before">How many of the list were finished before the session.</param>
/// <param name="Records">Records from the place that was asked for, as lines of the log.</param>
/// <param name="Total">Length of the whole list.</param>
/// <param name="Repeats">Results that came a second time and were dropped.</param>
/// <param name="Workers">Workers that are alive.</param>
/// <param name="Idle">Arms with missing units that no worker alive can run.</param>
[GenerateSerializer, Immutable]
internal sealed record RunNews(
    RunPulse Pulse,
    string Owner,
    string List,
    int Planned,
    int Before,
    IReadOnlyList<byte[]> Records,
    int Total,
    int Repeats,
    IReadOnlyList<WorkerNews> Workers,
    IReadOnlyList<string> Idle);

/// <summary>A worker as it describes itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arms">The arms that it can run.</param>
/// <param name="InFlight">Units that it has or whose results it has not delivered.</param>
/// <param name="Finished">Units that it has finished since it began with this run.</param>
/// <param name="Units">Units in progress (<see cref="UnitActivity"/> as JSON), as many as the owner asked for.</param>
[GenerateSerializer, Immutable]
internal sealed record WorkerNews(string Name, IReadOnlyList<string> Arms, int InFlight, int Finished, byte[] Units);

/// <summary>The units of a shard that a run still needs.</summary>
/// <param name="Session">The session; <see langword="null"/> while the run is not open.</param>
/// <param name="Units">The missing units.</param>
/// <param name="Lengths">Lengths of the problems' texts by id.</param>
/// <param name="Finished">What finished units of the shard took, in milliseconds.</param>
[GenerateSerializer, Immutable]
internal sealed record ShardWork(
    string? Session, IReadOnlyList<UnitName> Units, Dictionary<string, int> Lengths, IReadOnlyList<(UnitName Unit, double Ms)> Finished);

/// <summary>What a worker wants.</summary>
[GenerateSerializer, Immutable]
internal sealed record LeaseRequest(string Session, string Worker, int Count, IReadOnlyList<string> Arms);

/// <summary>What it gets.</summary>
/// <param name="Units">The units.</param>
/// <param name="Open">Whether the run is open.</param>
[GenerateSerializer, Immutable]
internal sealed record LeaseReply(IReadOnlyList<UnitName> Units, bool Open);

/// <summary>A result on its way to the log.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Hash">SHA-256 of record and transcript, so that a result is stored as it was sent or not at all.</param>
/// <param name="Record">The record as a line of the log, without a transcript's hash.</param>
/// <param name="Transcript">The transcript; <see langword="null"/> when the unit threw.</param>
/// <param name="Ms">The unit's wall time in milliseconds.</param>
[GenerateSerializer, Immutable]
internal sealed record UnitResult(UnitName Unit, string Hash, byte[] Record, byte[]? Transcript, double Ms);

/// <summary>Whether results are in the log.</summary>
/// <param name="Open">Whether the run is open; when it is not, the results must be brought again.</param>
/// <param name="Stopped">Whether no further unit may begin.</param>
/// <param name="Refused">Results that are not in the log, with the reason.</param>
[GenerateSerializer, Immutable]
internal sealed record Receipt(bool Open, bool Stopped, IReadOnlyList<(UnitName Unit, string Reason)> Refused);
