namespace CognitiveTools.Lab.Training.Probes;

/// <summary>How a model judged worked solutions of one origin, against the exact ones.</summary>
/// <param name="Origin">Where the solutions come from.</param>
/// <param name="Solutions">Solutions judged.</param>
/// <param name="Flawed">Of these, wrong ones.</param>
/// <param name="Caught">Wrong ones that the verdict calls incorrect.</param>
/// <param name="FalseAlarms">Right ones that the verdict calls incorrect.</param>
/// <param name="Unread">Replies without a verdict.</param>
/// <param name="Located">Of the caught ones, those whose first wrong step was named.</param>
/// <param name="Lines">Steps that the model worked out again with a right solution before them.</param>
/// <param name="RightLines">Of these, those that it worked out right.</param>
/// <param name="Differing">Of the right lines, those that differ from the step that was given.</param>
/// <param name="MarkedWrong">Of the differing ones, those that it marked wrong.</param>
/// <param name="Copied">Wrong lines that repeat the wrong step that was given.</param>
internal sealed record ExamineRow(
    string Origin, int Solutions, int Flawed, int Caught, int FalseAlarms, int Unread, int Located, int Lines, int RightLines,
    int Differing, int MarkedWrong, int Copied)
{
    /// <summary>Share of the solutions called incorrect that are; NaN when none is called so.</summary>
    public double Precision => (double)Caught / (Caught + FalseAlarms);

    /// <summary>Share of the wrong solutions that are called incorrect; NaN without wrong ones.</summary>
    public double Recall => (double)Caught / Flawed;
}
