using System.Globalization;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Templates.Calls;

namespace CognitiveTools.Cli.Doctor;

/// <summary>
/// What a model can do: chat, think, call tools, reason in latent space, be forked and rewound. Each is examined apart, so that one that
/// fails does not hide the others, and each no has its reason.
/// </summary>
internal static class ModelAbilities
{
    private const string Yes = "yes";

    /// <summary>Adds the abilities to a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="engine">The engine with the model.</param>
    /// <param name="chatProblem">Why the model cannot chat; <see langword="null"/> when it can.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    public static async Task ExamineAsync(
        DoctorReport report, LlamaEngine engine, string? chatProblem, CancellationToken cancellationToken)
    {
        report.Section("Abilities");
        report.Fact("chat", chatProblem is null ? Yes : $"no: {chatProblem}");
        report.Fact("think", engine.Thoughts.Thinks
            ? $"yes, in the format '{engine.Thoughts.Format!.Name}'"
            : "no: its chat template has no marks of thoughts");
        report.Fact("call", chatProblem is not null ? "no: it cannot chat"
            : CallsOf(engine.Model.Tokenizer.ChatWithTools.Calls));
        await ExamineLatentAsync(report, engine, cancellationToken);
        await ExamineMemoryAsync(report, engine, cancellationToken);
    }

    private static string CallsOf(CallForm form)
    {
        var several = form.Syntax.Join is null ? "one in a turn" : "several in a turn";
        return form.Problem is { } problem ? $"in the system prompt's words, {several}: {problem}"
            : $"yes, in the form of its chat template, {several}";
    }

    private static async Task ExamineLatentAsync(DoctorReport report, LlamaEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            var parity = await EmbeddingParity.MeasureAsync(engine, cancellationToken);
            report.Fact("embedding parity", Describe(parity));
            if (!parity.HasLogits)
                report.Fact("latent", "no: llama.cpp computes no logits when it returns hidden states of this model");
            else
                report.Fact("latent", parity.Passed ? Yes : "no: an embedding does not act as its token");
            if (!parity.Passed)
            {
                report.Problem("Embedding parity failed: feeding a token's embedding does not act like the token, so latent reasoning is "
                    + "refused on this model. Verbal reasoning is not affected. Use another model or quantisation for latent arms.");
            }
        }
#pragma warning disable CA1031 // a doctor reports whatever goes wrong
        catch (Exception e) when (e is not OperationCanceledException)
        {
            report.Fact("latent", $"no: {e.Message}");
            report.Problem(e.Message);
        }
#pragma warning restore CA1031
    }

    private static async Task ExamineMemoryAsync(DoctorReport report, LlamaEngine engine, CancellationToken cancellationToken)
    {
        var how = engine.Model.HasRecurrentState ? "by its recurrent state" : "by its cache";
        try
        {
            var (fork, rewind) = await MemoryCheck.MeasureAsync(engine, cancellationToken);
            Add("fork", fork, how);
            Add("rewind", rewind, engine.Model.HasRecurrentState ? "from states that are saved at the ends of prompts" : how);
        }
#pragma warning disable CA1031 // a doctor reports whatever goes wrong
        catch (Exception e) when (e is not OperationCanceledException)
        {
            report.Fact("fork, rewind", $"no: {e.Message}");
            report.Problem($"Forking and rewinding failed: {e.Message}");
        }
#pragma warning restore CA1031

        void Add(string what, float difference, string by)
        {
            var shown = string.Create(CultureInfo.InvariantCulture, $"max |logit difference| from a separate run {difference:0.######}");
            report.Fact(what, difference <= MemoryCheck.Tolerance ? $"{Yes}, {by}: {shown}" : $"no: {shown}");
            if (!(difference <= MemoryCheck.Tolerance))
                report.Problem($"A sequence after a {what} differs from a separate run ({shown}). Votes and latent arms would be wrong on "
                    + "this model: use another one, and report the model's architecture.");
        }
    }

    private static string Describe(EmbeddingParityReport parity)
    {
        var verdict = parity.Passed ? "passed" : "FAILED";
        return FormattableString.Invariant($"{verdict}: max |logit difference| {parity.MaxLogitDifference:0.######} ")
            + FormattableString.Invariant($"(tolerance {EmbeddingParityReport.Tolerance}), argmax agrees at {parity.Agreeing} of ")
            + FormattableString.Invariant($"{parity.Positions} positions, input scale {parity.Scale}");
    }
}
