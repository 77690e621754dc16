namespace CognitiveTools.Llama.Bench;

/// <summary>Another program that decodes with the same model file, measured in turn with the engine.</summary>
public interface IDecodePeer
{
    /// <summary>Name and version.</summary>
    string Name { get; }

    /// <summary>Loads the model.</summary>
    /// <returns><see langword="null"/> when it is ready, else why it cannot be measured here.</returns>
    Task<string?> StartAsync(PeerSetup setup, CancellationToken cancellationToken = default);

    /// <summary>Generates greedily after a prompt, with several sequences at once.</summary>
    /// <returns>Seconds for <paramref name="steps"/> tokens of each sequence, the prompt not included.</returns>
    Task<double> DecodeAsync(IReadOnlyList<int> prompt, int sequences, int steps, CancellationToken cancellationToken = default);
}
