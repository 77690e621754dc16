namespace CognitiveTools.Lab.LLamaSharpPeer;

/// <summary>One of LLamaSharp's executors under measurement. Used by one caller.</summary>
internal interface IExecutorBench : IDisposable
{
    /// <summary>Generates greedily behind a prompt that is forwarded before the clock starts.</summary>
    /// <returns>Seconds of the generation, and tokens generated in all sequences together.</returns>
    Task<(double Seconds, int Tokens)> DecodeAsync(int[] prompt, int sequences, int steps);
}
