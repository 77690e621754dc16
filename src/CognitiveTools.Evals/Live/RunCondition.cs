namespace CognitiveTools.Evals.Live;

/// <summary>Whether a run goes on, as far as its folder says.</summary>
internal enum RunCondition
{
    /// <summary>No unit is missing.</summary>
    Finished,

    /// <summary>A process writes it.</summary>
    Running,

    /// <summary>Units are missing and nobody writes it.</summary>
    Interrupted,

    /// <summary>Units are missing, and this machine cannot see whether somebody writes it.</summary>
    Unknown,

    /// <summary>The folder cannot be read.</summary>
    Unreadable,
}
