namespace CognitiveTools.Chat;

/// <summary>What can start several requests as one: an engine, or the way to one.</summary>
internal interface IGroupStarter
{
    /// <summary>Starts requests together.</summary>
    /// <param name="requests">What was given to <see cref="StartGroup.TryKeep"/>, at least one, in order.</param>
    void Start(IReadOnlyList<object> requests);
}
