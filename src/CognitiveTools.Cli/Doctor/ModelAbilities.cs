using System.Globalization;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
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
    /// <param name="model">The model.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="engine">The engine with the model; <see langword="null"/> when none could be made.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    public static async Task ExamineAsync(
        DoctorReport report, LlamaModel model, ModelFacts facts, LlamaEngine? engine, CancellationToken cancellationToken)
    {
        report.Section("Abilities");
        DescribeChat(report, model, facts);
        if (engine is null)
        {
            report.Fact("latent, fork, rewind", "not examined without a context");
            return;
        }

        await ExamineLatentAsync(report, engine, cancellationToken);
        await ExamineMemoryAsync(report, engine, cancellationToken);
    }

    private static string CallsOf(CallForm form)
    {
        var several = form.Syntax.Join is null ? "one in a turn" : "several in a turn";
        return form.Problem is { } problem ? $"in the system prompt's words, {several}: {problem}"
            : $"yes, in the form of its chat template, {several}";
    }

    private static void DescribeChat(DoctorReport report, LlamaModel model, ModelFacts facts)
    {
        if (facts.ChatProblem is { } problem)
        {
            report.Fact("chat, think, call", "no, see the problem below");
            report.Problem(problem);
            return;
        }

        report.Fact("chat", Yes);
        report.Fact("think", facts.Thoughts is { } format
            ? $"yes, in the format '{format}'{(facts.ThinksInLevels ? ", with levels" : "")}"
            : "no: its chat template has no marks of thoughts");
        report.Fact("call", CallsOf(model.Tokenizer.ChatWithTools.Calls));
    }

    private static async Task ExamineLatentAsync(DoctorReport report, LlamaEngine engine, CancellationToken cancellationToken)
    {
        try
        {
            var parity = await EmbeddingParity.MeasureAsync(engine, cancellationToken);
            report.Fact("latent", parity.Passed ? Yes
                : parity.HasLogits ? "no: an embedding does not act as its token"
                : "no: llama.cpp computes no logits when it returns hidden states of this model");
            report.Fact("embedding parity", Describe(parity));
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
        var (forks, rewinds) = engine.Model.HasRecurrentState
            ? ("its recurrent state is copied", "from states that are saved at the ends of prompts")
            : ("forks share the cache", "the cache is cut");
        try
        {
            var (fork, rewind) = await MemoryCheck.MeasureAsync(engine, cancellationToken);
            Add("fork", fork, forks);
            Add("rewind", rewind, rewinds);
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
            var shown = string.Create(CultureInfo.InvariantCulture, $"logits differ from a separate run by at most {difference:0.######}");
            report.Fact(what, difference <= MemoryCheck.Tolerance ? $"{Yes}, {by}; {shown}" : $"no: {shown}");
            if (!(difference <= MemoryCheck.Tolerance))
                report.Problem($"A sequence after a {what} differs from a separate run ({shown}). Votes and latent arms would be wrong on "
                    + "this model: use another one, and report the model's architecture.");
        }
    }

    private static string Describe(EmbeddingParityReport parity)
    {
        var verdict = parity.Passed ? "passed" : "FAILED";
        return FormattableString.Invariant($"{verdict}: logits differ by at most {parity.MaxLogitDifference:0.######} ")
            + FormattableString.Invariant($"(allowed {EmbeddingParityReport.Tolerance}), argmax agrees at {parity.Agreeing} of ")
            + FormattableString.Invariant($"{parity.Positions} positions (allowed: all), input scale {parity.Scale}");
    }
}
