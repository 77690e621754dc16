namespace CognitiveTools.Chat;

/// <summary>
/// Requests that start together. An engine that decodes several requests at once holds the requests of the asynchronous flow that
/// began the group, and starts all of them when the group is disposed, so that they share decodes from the first token on. Clients
/// without support for groups send immediately, and so do all clients after the end of the group. Thread-safe.
/// </summary>
/// <example><code>
/// Task[] asked;
/// using (StartGroup.Begin())
///     asked = [.. questions.Select(question =&gt; client.GetResponseAsync(question))];
/// await Task.WhenAll(asked);
/// </code></example>
/// <remarks>Requests within the group are answered only after its end: do not await them inside.</remarks>
internal sealed class StartGroup : IDisposable
{
    private static readonly AsyncLocal<StartGroup?> Ambient = new();

    private readonly StartGroup? _outer = Ambient.Value;
    private readonly Lock _gate = new();
    private Dictionary<IGroupStarter, List<object>>? _kept = [];

    private StartGroup() => Ambient.Value = this;

    /// <summary>Begins a group on the current flow.</summary>
    public static StartGroup Begin() => new();

    /// <summary>Whether requests of the current flow are held.</summary>
    public static bool IsOpen => Ambient.Value is { _kept: not null };

    /// <summary>Holds a request until the end of the current flow's group.</summary>
    /// <param name="starter">Starts its held requests.</param>
    /// <param name="request">The request, in the starter's own form.</param>
    /// <returns><see langword="false"/> without an open group: start the request alone.</returns>
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

    /// <summary>Ends the group and starts its requests.</summary>
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
