using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Solving;

/// <summary>
/// A cognitive tool that is called without words: the thoughts are thought in the tool's own context, which holds nothing but its
/// prompt for the question, and are handed to the main context as they were fed, embeddings in place of a report.
/// </summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Prompt">The tool's isolated context for a question.</param>
public sealed record LatentCall(string Tool, Func<Question, IReadOnlyList<ChatMessage>> Prompt);
