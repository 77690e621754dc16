namespace CognitiveTools.Answers.Expressions;

/// <summary>The word between the items of a list: none, <c>and</c> for all of them, <c>or</c> for one of them, or both in turn.</summary>
[Flags]
internal enum Conjunction
{
    None = 0,
    And = 1,
    Or = 2,
}
