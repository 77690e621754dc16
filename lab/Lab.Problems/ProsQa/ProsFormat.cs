namespace CognitiveTools.Lab.Problems.ProsQa;

/// <summary>What a training conversation about a ProsQA problem says.</summary>
internal enum ProsFormat
{
    /// <summary>The answer alone.</summary>
    Direct,

    /// <summary>The sentences of the way, then the answer.</summary>
    Cot,

    /// <summary>All sentences again in another order, of which the last noun of each is learned.</summary>
    Recite,
}
