using CognitiveTools.Latents;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Onnx.Models;

/// <summary>A greedy vocabulary without a chat format: the model reads the question only.</summary>
internal sealed class QuestionTokenizer : ILatentTokenizer
{
    private const string EndName = "<|im_end|>";

    private readonly GreedyVocabulary _vocabulary;

    /// <exception cref="InvalidDataException">The vocabulary has no token that ends an answer.</exception>
    public QuestionTokenizer(GreedyVocabulary vocabulary, string path)
    {
        _vocabulary = vocabulary;
        EndOfTurn = vocabulary.Find(EndName)
            ?? throw new InvalidDataException(
                $"{path}: the vocabulary has no token {EndName}, which ends answers. Add it and train the model again.");
    }

    public int EndOfTurn { get; }

    /// <exception cref="NotSupportedException">The conversation is anything but one user message of text.</exception>
    public int[] EncodeChat(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] all = [.. messages];
        return all is [{ } only] && only.Role == ChatRole.User && only.Contents.All(content => content is TextContent)
            ? Encode(only.Text)
            : throw new NotSupportedException(
                "This model reads exactly one user message of text; "
                + $"it was given {string.Join(", ", all.Select(message => message.Role.Value))}. "
                + "Use the reasoner 'recurrent', which asks the question alone.");
    }

    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _vocabulary.Encode(text);
    }

    public int? Find(string text) => _vocabulary.Find(text);

    public string Describe(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, _vocabulary.Count);
        return _vocabulary.Decode([token]);
    }

    public bool IsEndOfTurn(int token) => token == EndOfTurn;

    /// <summary>The visible text; control tokens have no text.</summary>
    public string Decode(IEnumerable<int> tokens) => _vocabulary.Decode(tokens.Where(token => !_vocabulary.IsControl(token)));
}
