using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>What another lexicon costs an arm, on the same instances.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Lexicon">The lexicon compared with <see cref="Lexicon.Semantic"/>.</param>
/// <param name="Semantic">Accuracy in semantic words, on the instances compared.</param>
/// <param name="Other">Accuracy in the other lexicon.</param>
/// <param name="Difference">Other minus semantic, paired by instance.</param>
/// <param name="AdjustedP">p of no difference, after Holm over the three lexicons of the arm.</param>
internal sealed record LexiconDrop(
    string Arm, Lexicon Lexicon, double Semantic, double Other, PairedDifference Difference, double AdjustedP);
