using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Solving;

/// <summary>
/// A call of a cognitive tool in latent form: the model thinks in the tool's own context, which holds only the tool's prompt for
/// the question, and the main context gets the thoughts as they were fed, embeddings instead of a report.
/// </summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Prompt">The tool's isolated context for a question.</param>
internal sealed record LatentCall(string Tool, Func<Question, IReadOnlyList<ChatMessage>> Prompt);
