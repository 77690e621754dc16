using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>One token per character, three letters in all; the chat format is a begin token.</summary>
public sealed class FakeTokenizer : ILatentTokenizer
{
    private static readonly string[] Texts =
        ["<bos>", "<eot>", "a", "b", "c", ".", "<|start-latent|>", "<|end-latent|>"];

    /// <summary>Texts that this instance pretends not to have.</summary>
    public IReadOnlyCollection<string> Missing { get; init; } = [];

    public int[] EncodeChat(IEnumerable<ChatMessage> messages) =>
        [FakeLatentModel.BeginOfText, .. messages.SelectMany(message => Encode(message.Text))];

    public int[] Encode(string text) => [.. text.Select(character => 2 + (character % 3))];

    public int? Find(string text) =>
        Array.IndexOf(Texts, text) is >= 0 and var token && !Missing.Contains(text, StringComparer.Ordinal) ? token : null;

    public string Describe(int token) => Texts[token];

    public bool EndsTurn(int token) => token == FakeLatentModel.EndOfTurn;
}
