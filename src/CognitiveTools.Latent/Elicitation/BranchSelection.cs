namespace CognitiveTools.Latent.Elicitation;

/// <summary>How one answer is taken from several branches.</summary>
public enum BranchSelection
{
    /// <summary>The branch of the largest confidence.</summary>
    Max,

    /// <summary>The answer whose branches' confidences have the largest sum.</summary>
    Aggregate,
}
