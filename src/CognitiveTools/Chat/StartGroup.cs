namespace CognitiveTools.Chat;

/// <summary>
/// Requests that start together. An engine that decodes several requests at once keeps what is asked of it on the asynchronous
/// flow that began the group, and starts all of it as one when the group is disposed, so that none is half done before the others
/// have arrived. Clients that know nothing of groups send at once, as do all after the end of the group. Thread-safe.
/// </summary>
/// <example><code>
/// Task[] asked;
/// using (StartGroup.Begin())
///     asked = [.. questions.Select(question =&gt; client.GetResponseAsync(question))];
/// await Task.WhenAll(asked);
/// </code></example>
/// <remarks>Nothing that is asked within the group is answered before its end: do not await it there.</remarks>
internal sealed class StartGroup : IDisposable
{
    private static readonly AsyncLocal<StartGroup?> Ambient = new();

    private readonly StartGroup? _outer = Ambient.Value;
    private readonly Lock _gate = new();
    private Dictionary<IGroupStarter, List<object>>? _kept = [];

    private StartGroup() => Ambient.Value = this;

    /// <summary>Begins a group on the present flow.</summary>
    public static StartGroup Begin() => new();

    /// <summary>Whether requests of the present flow are kept.</summary>
    public static bool IsOpen => Ambient.Value is { _kept: not null };

    /// <summary>Keeps a request for the end of the present flow's group.</summary>
    /// <param name="starter">Starts what was kept for it.</param>
    /// <param name="request">The request, in the starter's own form.</param>
    /// <returns><see langword="false"/> when there is no group, or it has ended: the request is to be started by itself.</returns>
    public static bool TryKeep(IGroupStarter starter, object request)
    {
        if (Ambient.Value is not { } group)
            return false;
        lock (group._gate)
        {
            if (group._kept is null)
                return false;
            if (!group._kept.TryGetValue(starter, out var requests))
                group._kept.Add(starter, requests = []);
            requests.Add(request);
            return true;
        }
    }

    /// <summary>Ends the group and starts what was asked in it.</summary>
    public void Dispose()
    {
        Dictionary<IGroupStarter, List<object>>? kept;
        lock (_gate)
            (kept, _kept) = (_kept, null);
        if (kept is null)
            return;
        Ambient.Value = _outer;
        foreach (var (starter, requests) in kept)
            starter.Start(requests);
    }
}
