using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Evals.Runs;

/// <summary>Names one unit of work within a run.</summary>
/// <param name="Problem">The problem's id.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Sample">Zero-based sample index.</param>
internal readonly record struct UnitKey(string Problem, string Arm, int Sample)
{
    /// <summary>
    /// The unit's seed, 0 or more: a stable hash of suite seed, problem, arm and sample. It does not depend on the order of work
    /// or on what else the suite holds.
    /// </summary>
    public int Seed(int suiteSeed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{suiteSeed}\n{Sample}\n{Arm}\n{Problem}")));
        return BinaryPrimitives.ReadInt32LittleEndian(hash) & int.MaxValue;
    }
}
