using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Workers;

/// <summary>The tokenizer of a worker's model. Thread-safe.</summary>
internal sealed class WorkerTokenizer(LlamaWorker worker) : ILatentTokenizer
{
    public int[] EncodeChat(IEnumerable<ChatMessage> messages) => worker.Ask(new EncodeChatCall(WorkerJson.Write(messages))).Message;

    public int[] Encode(string text) => worker.Ask(new EncodeCall(text)).Message;

    public int? Find(string text) => worker.Ask(new FindCall(text)).Message;

    public string Describe(int token) => worker.Ask(new DescribeCall(token)).Message;

    public string Decode(IEnumerable<int> tokens) => worker.Ask(new DecodeCall([.. tokens])).Message;

    public bool IsEndOfTurn(int token) => worker.Ask(new EndOfTurnCall(token)).Message;
}
