using System.Globalization;
using System.Runtime.CompilerServices;

namespace CognitiveTools.Code;

/// <summary>
/// What one run of model-written code may spend. The defaults leave room for a brute-force search over integers. Which
/// limit binds in which language is listed in <c>docs/sandbox.md</c>.
/// </summary>
public sealed record CodeLimits
{
    /// <summary>Output beyond this multiple of <see cref="OutputCharacters"/> stops the run; up to it, output is only cut.</summary>
    public const int FloodFactor = 16;

    /// <summary>The limits used when a host names none.</summary>
    public static CodeLimits Default { get; } = new();

    /// <summary>Length of the program, in characters.</summary>
    /// <value>The default is 100,000 characters.</value>
    public int SourceCharacters { get; init => field = Within(value, 1, 10_000_000); } = 100_000;

    /// <summary>Statements the interpreter may execute (JavaScript).</summary>
    /// <value>The default is 50,000,000 statements.</value>
    public int Statements { get; init => field = Within(value, 1, int.MaxValue - 1); } = 50_000_000;

    /// <summary>
    /// Memory in bytes: of the process beyond the bare interpreter (Python, exact), or of this process beyond its size
    /// at the start of the run (JavaScript, sampled, see <c>docs/sandbox.md</c>).
    /// </summary>
    /// <value>The default is 64 MiB.</value>
    public long MemoryBytes { get; init => field = Within(value, 1L << 20, 1L << 40); } = 64L << 20;

    /// <summary>Bytes the interpreter may allocate in all, freed or not (JavaScript).</summary>
    /// <value>The default is 2 GiB.</value>
    public long AllocatedBytes { get; init => field = Within(value, 1L << 20, 1L << 50); } = 2L << 30;

    /// <summary>Wall time of the run; also the processor time of a process.</summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan WallTime
    {
        get; init => field = Within(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    } = TimeSpan.FromSeconds(20);

    /// <summary>Nested calls of one function.</summary>
    /// <value>The default is 1,000 calls.</value>
    public int RecursionDepth { get; init => field = Within(value, 1, 10_000); } = 1_000;

    /// <summary>Time one regular expression may search (JavaScript).</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RegexTime
    {
        get; init => field = Within(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
    } = TimeSpan.FromSeconds(1);

    /// <summary>Length of one array (JavaScript).</summary>
    /// <value>The default is 5,000,000 elements.</value>
    public int ArrayLength { get; init => field = Within(value, 1, 100_000_000); } = 5_000_000;

    /// <summary>Characters of output, and of the last value, that are kept. The rest is cut, and the cut is marked.</summary>
    /// <value>The default is 10,000 characters.</value>
    public int OutputCharacters { get; init => field = Within(value, 1, 10_000_000); } = 10_000;

    /// <summary>Size of a file the code writes, in bytes (Python).</summary>
    /// <value>The default is 1 MiB.</value>
    public long FileBytes { get; init => field = Within(value, 0, 1L << 30); } = 1L << 20;

    private static T Within<T>(T value, T least, T most, [CallerMemberName] string name = "")
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value,
                string.Create(CultureInfo.InvariantCulture, $"Set {name} from {least} to {most}."));
}
