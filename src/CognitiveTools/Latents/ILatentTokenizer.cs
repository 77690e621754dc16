using Microsoft.Extensions.AI;

namespace CognitiveTools.Latents;

/// <summary>Text to tokens and back, with the model's chat format.</summary>
public interface ILatentTokenizer
{
    /// <summary>
    /// Tokens of a conversation in the model's chat format, ready for the assistant's turn. Message contents are data:
    /// a special token's text inside them never becomes that special token.
    /// </summary>
    /// <param name="messages">The conversation.</param>
    int[] EncodeChat(IEnumerable<ChatMessage> messages);

    /// <summary>Tokens of plain text; a special token's text stays text.</summary>
    int[] Encode(string text);

    /// <summary>The token whose text is exactly <paramref name="text"/>, special tokens included.</summary>
    /// <returns>The token, or <see langword="null"/> when the vocabulary does not have it.</returns>
    int? Find(string text);

    /// <summary>Text of one token, for traces; special tokens are shown by name.</summary>
    string Describe(int token);

    /// <summary>Text of several tokens.</summary>
    /// <remarks>The default joins <see cref="Describe"/>; override it when tokens may hold parts of characters.</remarks>
    string Decode(IEnumerable<int> tokens) => string.Concat(tokens.Select(Describe));

    /// <summary>Whether the model ends its turn with this token.</summary>
    /// <returns><see langword="false"/> also when the tokenizer cannot tell.</returns>
    bool IsEndOfTurn(int token) => false;
}
