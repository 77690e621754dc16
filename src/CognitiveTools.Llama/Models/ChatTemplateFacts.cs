using System.Text.Json;

namespace CognitiveTools.Llama.Models;

/// <summary>What a model and its options give to a chat template.</summary>
/// <param name="ModelName">The file's name without its folder: messages may reach the author of the conversation.</param>
/// <param name="BeginText">Text of the token that begins a text; empty without one.</param>
/// <param name="EndText">Text of the token that ends a text; empty without one.</param>
/// <param name="Variables">Further variables; those of a request win.</param>
/// <param name="Date">The time that the template writes; <see langword="null"/>: the current one.</param>
internal sealed record ChatTemplateFacts(
    string ModelName, string BeginText, string EndText, IReadOnlyDictionary<string, JsonElement> Variables, DateTime? Date);
