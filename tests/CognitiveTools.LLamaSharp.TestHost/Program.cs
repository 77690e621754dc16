using System.Globalization;
using System.Text;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.LLamaSharp.Chat;
using LLama;
using LLama.Common;
using LLama.Native;
using Microsoft.Extensions.AI;

// MODE MODEL QUESTION: prints what each engine makes of the question, one line per engine.
//   logits         LLamaSharp alone: the tokens of the text, then the logits behind the last one
//   ours-first     our engine, then LLamaSharp
//   theirs-first   LLamaSharp, then our engine
var (mode, path, question) = (args[0], args[1], args[2]);
switch (mode)
{
    case "logits":
        Console.WriteLine(Logits(path, question));
        return 0;
    case "ours-first":
        await Ours(path, question);
        await Theirs(path, question);
        return 0;
    case "theirs-first":
        await Theirs(path, question);
        await Ours(path, question);
        return 0;
    default:
        await Console.Error.WriteLineAsync($"'{mode}' is not a mode of this program.");
        return 2;
}

static ModelParams Parameters(string path) =>
    new(path) { ContextSize = 512, BatchSize = 512, UBatchSize = 512, Threads = 1, BatchThreads = 1, GpuLayerCount = 0 };

static async Task Ours(string path, string question)
{
    using var model = LlamaModel.Load(new() { Path = path });
    await using var engine = new LlamaEngine(model, new() { Threads = 1 });
    using var client = new LlamaChatClient(engine);
    Console.WriteLine("ours: " + await Answer(client, question));
}

static async Task Theirs(string path, string question)
{
    NativeLogConfig.llama_log_set(static (_, _) => { });
    var parameters = Parameters(path);
    using var weights = await LLamaWeights.LoadFromFileAsync(parameters);
    using var client = new LLamaSharpChatClient(new StatelessExecutor(weights, parameters), weights, parameters);
    Console.WriteLine("theirs: " + await Answer(client, question));
}

static async Task<string> Answer(IChatClient client, string question)
{
    ChatMessage[] messages = [new(ChatRole.System, "cot"), new(ChatRole.User, question)];
    return (await client.GetResponseAsync(messages, new() { MaxOutputTokens = 24 })).Text.ReplaceLineEndings(" ");
}

static string Logits(string path, string text)
{
    NativeLogConfig.llama_log_set(static (_, _) => { });
    var parameters = Parameters(path);
    using var weights = LLamaWeights.LoadFromFile(parameters);
    using var context = weights.CreateContext(parameters);
    var tokens = weights.Tokenize(text, add_bos: true, special: false, Encoding.UTF8);
    var batch = new LLamaBatch();
    for (var i = 0; i < tokens.Length; i++)
        batch.Add(tokens[i], i, LLamaSeqId.Zero, i == tokens.Length - 1);
    if (context.NativeHandle.Decode(batch) is var result && result != DecodeResult.Ok)
        throw new InvalidOperationException($"LLamaSharp's decode returned {result}.");
    var logits = context.NativeHandle.GetLogitsIth(tokens.Length - 1).ToArray();
    return string.Join(' ', tokens.Select(static t => ((int)t).ToString(CultureInfo.InvariantCulture)))
        + "|" + string.Join(' ', logits.Select(static l => BitConverter.SingleToInt32Bits(l).ToString(CultureInfo.InvariantCulture)));
}
