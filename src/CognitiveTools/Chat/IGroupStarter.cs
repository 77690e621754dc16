namespace CognitiveTools.Chat;

/// <summary>Starts several requests as one group: an engine, or a proxy of one.</summary>
internal interface IGroupStarter
{
    /// <summary>Starts requests together.</summary>
    /// <param name="requests">The requests given to <see cref="StartGroup.TryKeep"/>, at least one, in order.</param>
    void Start(IReadOnlyList<object> requests);
}
