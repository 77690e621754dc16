namespace CognitiveTools.Latent.Elicitation;

/// <summary>How one answer is selected from several branches.</summary>
internal enum BranchSelection
{
    /// <summary>The branch with the largest confidence.</summary>
    Max,

    /// <summary>The answer with the largest sum of its branches' confidences.</summary>
    Aggregate,
}
