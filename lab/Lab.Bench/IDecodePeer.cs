namespace CognitiveTools.Lab.Bench;

/// <summary>Another program that decodes with the same model file, measured in turn with the engine.</summary>
internal interface IDecodePeer
{
    /// <summary>Name and version.</summary>
    string Name { get; }

    /// <summary>The share of its rate that the engine shall reach with a number of sequences at once, or <see langword="null"/>.</summary>
    double? TargetOf(int sequences);

    /// <summary>
    /// Another peer that runs what bounds this one: the bare loop on the same libraries, which this one is held against too.
    /// </summary>
    IDecodePeer? Bound => null;

    /// <summary>Whether it is measured with a number of sequences at once.</summary>
    bool Measures(int sequences);

    /// <summary>Loads the model.</summary>
    /// <returns><see langword="null"/> when it is ready, else why it cannot be measured here.</returns>
    Task<string?> StartAsync(PeerSetup setup, CancellationToken cancellationToken = default);

    /// <summary>
    /// Generates after a prompt that several sequences at once share. A peer that cannot be given tokens takes as many of its own.
    /// </summary>
    /// <returns>Seconds for <paramref name="steps"/> tokens of each sequence, the prompt not included.</returns>
    Task<double> DecodeAsync(IReadOnlyList<int> prompt, int sequences, int steps, CancellationToken cancellationToken = default);
}
