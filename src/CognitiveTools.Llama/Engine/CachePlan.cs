using System.Globalization;
using CognitiveTools.Llama.Devices;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// How many positions and sequences an engine has room for. What the options leave open follows one rule: a sequence can hold what the
/// model was trained for, at most 32,768 positions, halved until its cache takes no more than a quarter of the free memory, but not below
/// 4,096; the cache holds as many of such sequences as a quarter of the free memory does, 1 to 4. A turn that is known to be longer gets
/// its positions up to the trained length, if the cache of one sequence then takes no more than three quarters of the free memory.
/// Recurrent states, with the copies that are saved for rewinds, take an eighth of it, 4 to 32 sequences.
/// </summary>
/// <param name="ContextLength">Positions of one sequence.</param>
/// <param name="CacheLength">Positions of all sequences together.</param>
/// <param name="MaxSequences">Sequences at most.</param>
internal sealed record CachePlan(int ContextLength, int CacheLength, int MaxSequences)
{
    internal const int MostContext = 32_768, LeastContext = 4_096;
    internal const int MostSequences = 32;
    private const int LeastSequences = 4;
    private const int MostContexts = 4;
    private const double MostOfMemory = 0.75; // the rest is for what a decode computes

    /// <summary>Why the context is not what the model was trained for; <see langword="null"/> when it is, or was given.</summary>
    internal string? Reason { get; private init; }

    /// <param name="options">What is given.</param>
    /// <param name="cost">What positions and sequences take.</param>
    /// <param name="trained">Positions the model was trained for.</param>
    /// <param name="free">Bytes that are free beside the weights, where the cache will be; 0 when unknown.</param>
    /// <param name="wanted">Positions of the longest sequence that will be asked for; 0 when unknown.</param>
    internal static CachePlan For(LlamaEngineOptions options, CacheCost cost, int trained, long free, long wanted = 0)
    {
        var room = free > 0 ? free / 4 : 0;
        var position = cost.BytesPerPosition(options.CacheTypeOrDefault);
        long context = options.ContextLength ?? Wide(Context(position, trained, room), position, Math.Min(wanted, trained), free);
        var contexts = position == 0 || free == 0 ? MostContexts : (long)Math.Clamp(room / ((double)position * context), 1, MostContexts);
        var states = cost.PerSequence == 0 || free == 0
            ? MostSequences
            : (int)Math.Clamp(free / 8 / (2 * cost.PerSequence), LeastSequences, (long)MostSequences);
        var sequences = options.MaxSequences ?? states;
        // llama.cpp asserts that one output for each sequence fits into a batch, and a batch into the cache.
        var cache = Math.Max(Math.Max(options.CacheLength ?? contexts * context, context), sequences);
        return new((int)context, (int)Math.Min(cache, int.MaxValue), sequences)
        {
            Reason = options.ContextLength is not null || context >= trained ? null
                : context == wanted ? Given($"trained for {trained:N0}; as many as the longest turn asked for")
                : context == MostContext && wanted <= context
                    ? Given($"trained for {trained:N0}; more than {MostContext:N0} only when asked for")
                : Given($"trained for {trained:N0}; fitted to {free / 1e9:0.0} GB of free memory"),
        };
    }

    private static int Context(long position, int trained, long room)
    {
        var context = Math.Min(trained, MostContext);
        if (room == 0)
            return Math.Min(context, LeastContext);
        while (context > LeastContext && (double)position * context > room)
            context = Math.Max(LeastContext, context / 2);
        return context;
    }

    private static long Wide(int context, long position, long wanted, long free) =>
        wanted <= context || free == 0 ? context
        : position == 0 ? wanted
        : Math.Max(context, Math.Min(wanted, (long)(free * MostOfMemory / position)));

    private static string Given(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
