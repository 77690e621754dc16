namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>Who says a part of a training conversation.</summary>
internal enum Role
{
    /// <summary>The system message.</summary>
    System,

    /// <summary>The user, or the host speaking as the user.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}
