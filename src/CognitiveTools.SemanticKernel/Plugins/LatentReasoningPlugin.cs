using System.ComponentModel;
using System.Globalization;
using System.Text;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>
/// Latent reasoning as kernel functions: <c>reason</c> thinks without words and answers; <c>compare</c> puts two ways of
/// thinking side by side on one question. They use the reasoners of the kernel's own services. What cannot be done comes back
/// as one line that begins with <c>error:</c>, as a tool's does.
/// </summary>
public static class LatentReasoningPlugin
{
    /// <summary>The plugin's name.</summary>
    public const string Name = "latent_reasoning";

    /// <summary>Key of a result's metadata: the whole <see cref="Reasoning"/> of <c>reason</c>, with its trace and bill.</summary>
    public const string Result = "cognitive_tools.reasoning";

    /// <summary>Makes the plugin.</summary>
    public static KernelPlugin Create() => KernelPluginFactory.CreateFromFunctions(
        Name, "Answers questions by hidden-state iteration instead of visible steps, on the local model.",
            [ReasonFunction(), CompareFunction()]);

    private static KernelFunction ReasonFunction()
    {
        KernelFunction? self = null;
        return self = Function(ReasonAsync, "reason", "Thinks about a question without words, then answers it.");

        async Task<FunctionResult> ReasonAsync(
            Kernel kernel,
            [Description("The question, word for word.")] string question,
            [Description("The latent method: hidden, soft or switching.")] string rule = "hidden",
            [Description("Latent steps, 1 to 256.")] int steps = 6,
            [Description(
                "A control in place of the method: zeroed, random, transplanted, dropped or greedy; empty for none.")] string control = "",
            CancellationToken cancellationToken = default)
        {
            var spec = new ReasonerSpec("latent", Settings(rule, steps), control.Length > 0 ? control : null);
            var (reasoning, error) = await SolveAsync(kernel, () => spec, question, cancellationToken);
            return new FunctionResult(
                self!,
                error is null ? Tell(reasoning!) : $"error: {error}",
                CultureInfo.InvariantCulture,
                reasoning is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { [Result] = reasoning });
        }
    }

    private static KernelFunction CompareFunction() =>
        Function(CompareAsync, "compare", "Answers a question in two ways and shows both answers with what they cost.");

    private static async Task<string> CompareAsync(
        Kernel kernel,
        [Description("The question, word for word.")] string question,
        [Description("The first way, for instance cot, direct, tools.")] string first = "cot",
        [Description("The second way, for instance latent, latent:rule=soft,steps=8, latent/zeroed.")] string second = "latent",
        CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        var answers = new List<string?>();
        var reader = kernel.Services.GetService<IAnswerReader>();
        foreach (var way in (string[])[first, second])
        {
            var (reasoning, error) = await SolveAsync(kernel, () => ReasonerSpec.Parse(way), question, cancellationToken);
            if (error is not null)
                return $"error: {error}";
            var usage = reasoning!.Usage;
            text.AppendLine(CultureInfo.InvariantCulture, $"{way}: {Tell(reasoning)}")
                .AppendLine(CultureInfo.InvariantCulture,
                    $"({UsageWords.Positions(usage)}, {usage.Latent} of them latent; {reasoning.Stop})");
            answers.Add(reader?.Read(reasoning.Answer));
        }

        text.Append(answers switch
        {
            [{ } one, { } other] => one == other ? $"Both answer {one}." : $"They differ: {one} and {other}.",
            _ => "Whether the answers are the same is for the reader to tell.",
        });
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <returns>The reasoning, or why there is none.</returns>
    private static async Task<(Reasoning? Reasoning, string? Error)> SolveAsync(
        Kernel kernel, Func<ReasonerSpec> spec, string question, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(question))
            return (null, "the argument 'question' is empty");
        if (kernel.Services.GetService<ReasonerCatalog>() is not { } catalog)
            return (null, "the kernel's services hold no reasoners. Call services.AddCognitiveTools() and services.AddLatentReasoning().");
        try
        {
            var reasoning = await catalog.Create(spec())
                .SolveAsync(new Question("kernel", question), SolveOptions.Default, cancellationToken);
            return (reasoning, reasoning.Error);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            // The calling model can correct a wrong name or setting; a host without a latent model is reported in the same way.
            return (null, e.Message);
        }
    }

    private static string Tell(Reasoning reasoning) => reasoning.Stop is StopReason.Completed or StopReason.Forced
        ? reasoning.Answer.Trim()
        : $"{reasoning.Answer.Trim()}\n[cut short: {reasoning.Stop}, {string.Join(", ", reasoning.LimitsHit)}]";

    private static SortedDictionary<string, string> Settings(string rule, int steps) => new(StringComparer.Ordinal)
    {
        ["rule"] = rule,
        ["steps"] = steps.ToString(CultureInfo.InvariantCulture),
    };

    private static KernelFunction Function(Delegate method, string name, string description) =>
        KernelFunctionFactory.CreateFromMethod(method, PluginJson.Default.Options,
            new KernelFunctionFromMethodOptions { FunctionName = name, Description = description });
}
