using System.Text.Json;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;
using CognitiveTools.TestModels;
using CognitiveTools.Traces;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Tests;

/// <summary>Every reasoner of the catalog on a model that thinks first: its thoughts are never scored, whoever lets it write.</summary>
public sealed class ThinkingReasonersTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Template =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}{# <think> </think> #}";

    private const string Written = "ANSWER: 5maybe ";

    // The marks are control tokens, which have no text of their own: without its format, thought and answer would be one text.
    // A pause, and a latent step of "\n", leave the model where it begins its thought.
    private string Model { get; } = ScriptedModel.Write(
        files.PathOf($"{Guid.NewGuid():N}.gguf"), Template, ["<think>", "</think>"],
        ["\n", "<think>", "ANSWER: 5", "maybe ", "</think>", "ANSWER: 2"], ["hmm", "<think>"]);

    private static IEnumerable<string> Arms(string vector) =>
    [
        "direct", "cot", "cognitive", "tools:profile=paper", "maj:k=3,of=cot",
        "latent:steps=2", "latent:steps=2/dropped", "latent:steps=2/greedy", "latent:steps=2,tool=understand_question,profile=paper",
        "latent:rule=soft,steps=2", "latent:rule=soft,steps=2,noise=gaussian,sigma=0.001,width=2",
        "latent:rule=soft,steps=2,noise=gaussian,sigma=0.001,width=2,choose=confidence",
        "latent:rule=switching,steps=3", "pause:steps=2,token=hmm", "cot-decoding:k=3",
        $"steer:vector={vector},strength=0.001",
    ];

    [Fact]
    public async Task Every_kind_of_reasoner_is_tried()
    {
        await using var host = ModelHost.Create(new() { Reference = Model, Threads = 1 });
        var kinds = host.Services.GetRequiredService<ReasonerCatalog>().Factories.Select(static factory => factory.Kind);

        // A recurrent-depth model is an ONNX model, whose text is read as text from elsewhere is; a recursive one writes no text, and heima
        // needs tokens that the model has not.
        Assert.Equal(
            kinds.Where(static kind => kind is not ("recurrent" or "recursive" or "heima")).Order(StringComparer.Ordinal),
            Arms("v").Select(static arm => ReasonerSpec.Parse(arm).Kind).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData("process")]
    public async Task Thoughts_are_kept_apart_and_the_answer_is_scored(string place)
    {
        var (units, reasonings) = await EvaluateAsync(place);

        Assert.All(units, static unit => Assert.Equal((null, SampleStatus.Correct), (unit.Error, unit.Status)));
        Assert.All(reasonings, static reasoning => Assert.EndsWith("ANSWER: 2", reasoning.Answer, StringComparison.Ordinal));
        Assert.All(reasonings, static reasoning => Assert.DoesNotContain("5", reasoning.Answer, StringComparison.Ordinal));
        Assert.All(
            reasonings, static reasoning => Assert.True(reasoning.Usage.ThoughtTokens > 0 || reasoning.Steps.OfType<Thought>().Any()));
        Assert.All(
            reasonings.SelectMany(static reasoning => reasoning.Steps.OfType<Branch>()),
            static branch => Assert.DoesNotContain("5", branch.Text, StringComparison.Ordinal));
        Assert.Contains(
            reasonings.SelectMany(static reasoning => reasoning.Steps.OfType<Said>()), static said => said.Thoughts == Written);
    }

    [Theory]
    [InlineData("inprocess", "1")]
    [InlineData("inprocess", "500")] // what the visible text may have is no room for thoughts
    [InlineData("process", "500")]
    public async Task A_thought_that_is_cut_is_truncated_and_never_an_answer(string place, string tokens)
    {
        var (units, reasonings) = await EvaluateAsync(place, "--thought-tokens", "2", "--max-tokens", tokens);

        // The loop forces an answer, and two latent thoughts may be a thought of the format already.
        Assert.All(units, static unit => Assert.Contains(unit.Status, (SampleStatus[])[SampleStatus.Truncated, SampleStatus.Correct]));
        Assert.All(reasonings, static reasoning => Assert.DoesNotContain("5", reasoning.Answer, StringComparison.Ordinal));
        Assert.True(units.Count(static unit => unit.Status == SampleStatus.Truncated) > units.Count / 2);
    }

    private async Task<(IReadOnlyList<UnitRecord> Units, List<Reasoning> Reasonings)> EvaluateAsync(
        string place, params string[] limits)
    {
        var vector = files.PathOf($"{Guid.NewGuid():N}.gguf");
        ControlVectorFile.Write(vector, new([KeyValuePair.Create(1, Enumerable.Repeat(0.01f, 8).ToArray())]), "scripted");
        var arms = Arms(vector).Where(arm => place == "inprocess" || !arm.StartsWith("steer", StringComparison.Ordinal)).ToList();
        var problem = files.PathOf("one.jsonl");
        await File.WriteAllTextAsync(problem, """{"id":"p","problem":"1 + 1?","answer":"2"}""", TestContext.Current.CancellationToken);
        var (run, suite) = (files.PathOf($"{Guid.NewGuid():N}"), files.PathOf($"{Guid.NewGuid():N}.yaml"));
        await File.WriteAllLinesAsync(
            suite, ["arms:", .. arms.Select(static arm => $"  - {{name: '{arm}', reasoner: '{arm}'}}")],
            TestContext.Current.CancellationToken);

        // A worker is another process of the same program, which the tests' own is not.
        var evaluated = await CogtoolsProcess.RunAsync(
            ["eval", "--suite", suite, "-m", Model, "-p", problem, "--run", run, "--threads", "1", "--host", place, .. limits]);

        Assert.True(evaluated.ExitCode == ExitCodes.Success, evaluated.Error);
        var result = RunResult.Load(run);
        Assert.Equal(arms.Count, result.Units.Count);
        return (result.Units, [.. result.Units.Select(unit => ReasoningOf(run, unit))]);
    }

    private static Reasoning ReasoningOf(string run, UnitRecord unit)
    {
        using var transcript = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "transcripts", $"{unit.Transcript}.json")));
        return ReasoningJson.Read(transcript.RootElement.GetProperty("reasoning").GetRawText());
    }
}
