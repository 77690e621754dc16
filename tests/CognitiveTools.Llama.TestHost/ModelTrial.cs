using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Verbal;

namespace CognitiveTools.Llama.TestHost;

/// <summary>
/// Loads models of doubtful origin and asks each a question. One line out for each line in: the path, what came of it, and the
/// answer or the message. A parent that reads no line knows which model ended the process.
/// </summary>
internal static class ModelTrial
{
    public static async Task RunAsync(TextReader paths, TextWriter results)
    {
        while (await paths.ReadLineAsync() is { } path)
        {
            var (outcome, text) = await TryAsync(path);
            await results.WriteLineAsync($"{path}\t{outcome}\t{new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])}");
            await results.FlushAsync();
        }
    }

    private static async Task<(string Outcome, string Text)> TryAsync(string path)
    {
        LlamaModel model;
        try
        {
            model = LlamaModel.Load(new() { Path = path });
        }
        catch (GgufException refused)
        {
            return ("refused", refused.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException)
        {
            return ("refused-by-llama.cpp", error.Message);
        }

        using (model)
        {
            try
            {
                await using var engine = new LlamaEngine(model, new() { Threads = 1 });
                using var client = new LlamaChatClient(engine);
                var budget = Budget.Default with { TokensPerTurn = 4 };
                var reasoning = await new PromptReasoner(client, PromptProfile.Embedded("mini"), "direct")
                    .SolveAsync(new Question("q", "What is 2 + 2? ~"), new() { Budget = budget });
                return reasoning.Stop == StopReason.Failed ? ("failed", reasoning.Error ?? "")
                    : reasoning.Answer.Length > 0 ? ("answered", reasoning.Answer)
                    : (
                        reasoning.Stop == StopReason.Completed && reasoning.Notes.Count == 0 ? "empty" : "empty-and-said-so",
                        string.Join(", ", [$"{reasoning.Stop}", .. reasoning.Notes]));
            }
            catch (InvalidOperationException error)
            {
                return ("failed", error.Message); // the engine could not be made
            }
        }
    }
}
