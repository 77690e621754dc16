using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class AllocationTests
{
    private const int Tokens = 300;
    private const int Repetitions = 10; // what the runtime allocates once, for a path first taken, is not there every time
    private const int Attempts = 200; // a collection spoils a measurement, and other tests of the process cause them

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, bool> Cases => new()
    {
        { "greedy", 1, false },
        { "greedy, one sequence at a time", 1, true },
        { "greedy, four sequences", 4, false },
        { "sampled", 2, false },
        { "presence penalty", 2, false },
        { "stop sequence", 1, false },
        { "grammar not reached", 1, false },
        { "grammar", 1, false },
    };

    private static GenerationOptions OptionsOf(string name) => name switch
    {
        "sampled" => new() { Sampling = new() { Temperature = 2, TopK = 40, TopP = 0.9f, Seed = 1 } },
        "presence penalty" => new() { Sampling = new() { Temperature = 2, TopK = 40, PresencePenalty = 0.5f, Seed = 1 } },
        "stop sequence" => new() { StopSequences = ["never seen in the text"] },
        "grammar not reached" => new()
        {
            Sampling = new() { Grammar = "root ::= \"<never seen>\" [0-9]", GrammarTrigger = "<never seen>" },
        },
        "grammar" => new() { Sampling = new() { Temperature = 2, Grammar = "root ::= [0-9]*" } },
        _ => new(),
    };

    [Theory]
    [InlineData("<think>")] // all is thought
    [InlineData("x")] // all is visible, and searched for marks
    public async Task Telling_thoughts_from_the_answer_allocates_nothing_either(string end)
    {
        using var model = TestModels.Load(1, new() { Template = Thoughts.ThoughtModels.Template("<think> </think>") });
        await using var engine = new LlamaEngine(model, new() { Threads = 1, IdlePrefixes = 0 });
        await RequireNothingAsync(end, engine, new() { Thinking = new() }, 1, model.Tokenizer.Encode(end));
    }

    /// <summary>The decode thread's allocations for N and 2N tokens: what a request costs once cancels. The text itself is
    /// the caller's, two bytes a character. A garbage collection takes the thread's allocation buffer away and counts its
    /// unused rest, up to 8 KB, as allocated (measured: 27 bytes per token too many or too few), so a measurement with a
    /// collection in it does not count.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_generated_token_allocates_nothing_on_the_decode_thread(
        string name, int sequences, bool deterministic)
    {
        var options = OptionsOf(name);
        await using var engine = TestModels.Engine(o => (o.Deterministic, o.IdlePrefixes) = (deterministic, 0));
        await RequireNothingAsync(name, engine, options, sequences, []);
    }

    private static async Task RequireNothingAsync(string name, LlamaEngine engine, GenerationOptions options, int sequences, int[] end)
    {
        await MeasureAsync(engine, options, 2 * Tokens, sequences, end); // buffers grow to their size, code is compiled
        var measured = new List<double>();
        for (var attempt = 0; attempt < Attempts && measured.Count < Repetitions && !measured.Exists(IsNothing); attempt++)
        {
            var collections = GC.CollectionCount(0);
            var once = await MeasureAsync(engine, options, Tokens, sequences, end);
            var twice = await MeasureAsync(engine, options, 2 * Tokens, sequences, end);
            Assert.True(twice.Tokens - once.Tokens >= Tokens * sequences, $"{name}: {once.Tokens} and {twice.Tokens} tokens");
            if (GC.CollectionCount(0) == collections)
            {
                measured.Add((twice.Bytes - once.Bytes) / (double)(twice.Tokens - once.Tokens));
            }
        }

        Assert.True(
            measured.Exists(IsNothing),
            $"{name}: bytes per token in {measured.Count} measurements without a collection: {string.Join(", ", measured)}");
    }

    private static bool IsNothing(double bytesPerToken) => bytesPerToken < 1;

    private static async Task<(long Bytes, long Tokens)> MeasureAsync(
        LlamaEngine engine, GenerationOptions options, int tokens, int sequences, int[] end)
    {
        var before = await AllocatedAsync(engine);
        var results = await Task.WhenAll(Enumerable.Range(0, sequences).Select(i =>
            engine.GenerateAsync(
                (int[])[.. TestModels.Prompt(8, i), .. end], options with { MaxTokens = tokens, IgnoresEndOfTurn = true }, Token)));
        var texts = results.Sum(static r =>
            2L * (r.Parts.Count > 0 ? r.Parts.Sum(static part => part.Text.Length) : r.Text.Length));
        return (await AllocatedAsync(engine) - before - texts, results.Sum(static r => r.Tokens.Count));
    }

    private static Task<long> AllocatedAsync(LlamaEngine engine) =>
        engine.RunExclusiveAsync(static (_, _, _) => GC.GetAllocatedBytesForCurrentThread(), Token);
}
