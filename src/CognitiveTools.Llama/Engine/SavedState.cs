namespace CognitiveTools.Llama.Engine;

/// <summary>A copy of the recurrent state after a number of positions. Lanes that share these positions share it.</summary>
internal sealed class SavedState(int length, byte[] data)
{
    /// <summary>Positions that the state summarizes.</summary>
    internal int Length { get; } = length;

    /// <summary>The state in llama.cpp's form; empty once it was dropped.</summary>
    internal byte[] Data { get; private set; } = data;

    /// <summary>Lanes that can go back to it.</summary>
    internal int Lanes { get; set; }

    internal bool IsDropped => Data.Length == 0;

    /// <summary>Frees the memory; lanes that refer to it can no longer go back to it.</summary>
    internal void Drop() => Data = [];
}
