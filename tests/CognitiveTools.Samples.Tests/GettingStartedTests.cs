using System.Diagnostics;
using GettingStarted;

namespace CognitiveTools.Samples.Tests;

/// <summary>Every step runs and shows what it says it shows.</summary>
public sealed class GettingStartedTests
{
    [Fact]
    public async Task Step_1_answers_a_question_in_an_application()
    {
        var output = await OutputOfAsync(Step1EmbedInAnApp.RunAsync);

        Assert.Contains("called understand_question (Answered)", output, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 16", output, StringComparison.Ordinal);
        Assert.Contains("stopped because: Completed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_2_calls_kernel_functions()
    {
        var output = await OutputOfAsync(Step2UseAsKernelPlugins.RunAsync);

        Assert.All(["backtracking: ", "examine_answer: ", "recall_related: ", "understand_question: "],
            name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.Contains("understood: ", output, StringComparison.Ordinal);
        Assert.Contains("Verdict: correct", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("error:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_3_finds_and_runs_the_fifth_tool()
    {
        var output = await OutputOfAsync(Step3AddATool.RunAsync);

        Assert.Contains("tools: backtracking, examine_answer, recall_related, second_opinion, understand_question", output,
            StringComparison.Ordinal);
        Assert.Contains("\"required\":[\"question\"]", output, StringComparison.Ordinal);
        Assert.Contains("Answered", output, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 9", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_4_reaches_a_server_by_configuration()
    {
        var output = await OutputOfAsync(Step4UseARemoteModel.RunAsync);

        Assert.Contains("requests: 3", output, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 9", output, StringComparison.Ordinal);
        Assert.Matches("[1-9][0-9]* in the tool", output);
    }

    [Fact]
    public async Task Step_5_prints_a_paired_table()
    {
        var output = await OutputOfAsync(Step5CompareTwoReasoners.RunAsync);

        Assert.Contains("8 problems x 1 sample", output, StringComparison.Ordinal);
        Assert.Contains("direct", output, StringComparison.Ordinal);
        Assert.Contains("cot", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_6_shows_the_thoughts_and_their_control()
    {
        var output = await OutputOfAsync(Step6ReasonLatently.RunAsync);

        Assert.Equal(12, output.Split('\n').Count(line => line.StartsWith("  thought ", StringComparison.Ordinal)));
        Assert.Equal(2, output.Split("6 of them latent").Length - 1);
        var zeroed = output[output.IndexOf("thoughts zeroed:", StringComparison.Ordinal)..];
        Assert.Contains("norm 0.0", zeroed, StringComparison.Ordinal);
        Assert.DoesNotContain("norm 0.0", output[..^zeroed.Length], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_7_survives_the_end_of_its_worker()
    {
        var program = typeof(Step7KeepTheEngineInAWorker).Assembly.Location; // run on its own, since the worker is the program once more
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "7"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("answer: ANSWER: 16", output, StringComparison.Ordinal);
        Assert.Contains("answer again: ANSWER: 16", output, StringComparison.Ordinal);
        Assert.Contains("processes: 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_8_runs_a_rule_of_its_own_under_its_own_name()
    {
        var lines = (await OutputOfAsync(Step8WriteAThoughtRule.RunAsync)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var plain = await OutputOfAsync(Step6ReasonLatently.RunAsync); // keep=0 is plain feedback

        Assert.Equal(2, lines.Length);
        Assert.StartsWith("smoothed:keep=0: norms ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("smoothed:keep=0.5: norms ", lines[1], StringComparison.Ordinal);
        Assert.NotEqual(NormsOf(lines[0]), NormsOf(lines[1]));
        Assert.Equal(NormsOf(lines[0])[0], NormsOf(lines[1])[0]); // the first mean is the first state
        var answer = lines[0].Split("answer: ")[1];
        Assert.Contains($"answer: {answer}\n", plain.Split("thoughts zeroed:")[0], StringComparison.Ordinal);

        static string[] NormsOf(string line)
        {
            var norms = line.Split("norms ")[1].Split(';')[0].Split(' ');
            Assert.Equal(6, norms.Length);
            return norms;
        }
    }

    private static async Task<string> OutputOfAsync(Func<TextWriter, Task> step)
    {
        await using var output = new StringWriter();
        await step(output);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
