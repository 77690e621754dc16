using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>What is known of a unit's bill.</summary>
internal static class UsageExtensions
{
    extension(Usage usage)
    {
        /// <summary>Whether nothing is known of what was spent.</summary>
        public bool IsMissing => usage.Incomplete && usage.Positions == 0;

        /// <summary>A number of it; <see langword="null"/> when what was spent is not fully known.</summary>
        public long? Known(Func<Usage, long> number) => usage.Incomplete ? null : number(usage);
    }
}
