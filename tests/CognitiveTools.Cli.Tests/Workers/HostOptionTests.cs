using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Cli.Tests.Workers;

/// <summary><c>--host process</c>, in a process of its own, since the worker is the program started once more.</summary>
public sealed class HostOptionTests : IDisposable
{
    private const string Question = "What is the remainder when 7^3 is divided by 5?";

    private readonly TinyFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("cot")]
    [InlineData("latent:steps=4")]
    [InlineData("latent:rule=soft,noise=gumbel,steps=4,width=3")]
    [InlineData("latent:align=ridge,steps=3")]
    public async Task An_answer_is_the_same_in_either_process(string reasoner)
    {
        var (here, there) = (await AskAsync("inprocess"), await AskAsync("process"));

        Assert.NotEmpty(here);
        Assert.Equal(here, there);

        async Task<string> AskAsync(string host)
        {
            string[] ask = ["ask", Question, "-r", reasoner, "-m", "mini", "--threads", "1", "--deterministic", "--json", "--host", host];
            var run = await CogtoolsAsync(ask);
            Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
            return WithoutTimes(run.Output);
        }
    }

    [Fact]
    public async Task A_run_has_the_same_records_in_either_process_and_says_where_it_ran()
    {
        var (here, there) = (await EvalAsync("inprocess"), await EvalAsync("process"));
        Assert.Equal(here, there);
        Assert.Equal(IdentityOf("inprocess"), IdentityOf("process"));

        string IdentityOf(string host)
        {
            var header = RunResult.Load(_files.PathOf(host)).Header;
            return RunIdentity.Of(header.SuiteHash, header.Facts!);
        }

        async Task<string[]> EvalAsync(string host)
        {
            var directory = _files.PathOf(host);
            string[] where = ["--host", host, "--run", directory, "--json"];
            string[] what = ["-p", _files.Problems, "-a", "direct,latent:steps=3,pause:steps=2", "-m", "mini", "--max-tokens", "32"];
            var run = await CogtoolsAsync(["eval", .. what, "--threads", "1", "--deterministic", .. where]);
            Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
            var header = await File.ReadAllTextAsync(Path.Combine(directory, "run.json"), Token);
            Assert.Contains($"\"host\":\"{host}\"", header.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            return [.. (await File.ReadAllLinesAsync(Path.Combine(directory, "units.jsonl"), Token)).Select(WithoutTimes)];
        }
    }

    [Fact]
    public async Task The_setting_is_read_and_the_option_comes_before_it()
    {
        string[] ask = ["ask", "x", "-r", "latent:steps=1", "-m", _files.Model, "--threads", "1", "--max-tokens", "2", "--verbose"];
        Assert.Contains("Llama:Host is 'elsewhere'", (await CogtoolsAsync(ask, "elsewhere")).Error, StringComparison.Ordinal);
        await WriteVectorAsync();
        string[] steer = ["ask", "x", "-r", $"steer:vector={Vector}", "-m", _files.Model, "--threads", "1", "--max-tokens", "2"];
        Assert.Contains("--host inprocess", (await CogtoolsAsync(steer, "process")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "--host", (await CogtoolsAsync([.. steer, "--host", "inprocess"], "process")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_work_on_the_library_itself_have_no_such_option_and_run_here_whatever_the_setting_says()
    {
        var doctor = await CogtoolsAsync(["doctor", "-m", "mini", "--threads", "1"], "process");
        Assert.Contains("All checks passed.", doctor.Output, StringComparison.Ordinal);
        string[] lines = ["doctor --host process", "doctor --profile mini", "doctor --deterministic", "models steer --host process"];
        foreach (var line in lines)
            Assert.Contains("has no option", (await CommandRun.OfAsync(line.Split(' '))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_run_there_is_refused_and_not_run_here()
    {
        await WriteVectorAsync();
        string[] steered = ["-m", _files.Model, "--threads", "1", "--host", "process"];
        await RefusedAsync("--host inprocess", ["ask", "x", "-r", $"steer:vector={Vector}", .. steered]);
        string[] eval = ["eval", "-p", _files.Problems, "-a", $"direct,steer:vector={Vector}", "--run", _files.PathOf("run"), .. steered];
        await RefusedAsync("--host inprocess", eval);
        await RefusedAsync("recurrent is not one", ["ask", "x", "-r", "recurrent", "-m", "recurrent", "--host", "process"]);
        string[] endpoint = ["ask", "x", "--endpoint", "http://127.0.0.1:1/v1", "--endpoint-model", "m", "--host", "process"];
        await RefusedAsync("an endpoint's model is not one", endpoint);

        static async Task RefusedAsync(string remedy, string[] arguments)
        {
            var run = await CogtoolsAsync(arguments);
            Assert.Equal(ExitCodes.BadInput, run.ExitCode);
            Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        }
    }

    private string Vector => _files.PathOf("vector.gguf");

    private async Task WriteVectorAsync()
    {
        var pairs = _files.PathOf("pairs.jsonl");
        await File.WriteAllTextAsync(pairs, """{"positive":"yes","negative":"no"}""" + "\n", Token);
        var steer = await CommandRun.OfAsync("models", "steer", "-m", _files.Model, "--pairs", pairs, "--out", Vector);
        Assert.Equal(ExitCodes.Success, steer.ExitCode);
    }

    private static Task<CommandRun> CogtoolsAsync(string[] arguments, string? setting = null) =>
        CogtoolsProcess.RunAsync(arguments, setting is null ? [] : [("COGTOOLS_Llama__Host", setting)]);

    // Everything but what a clock says.
    private static string WithoutTimes(string json)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        Remove(node);
        return node.ToJsonString();

        static void Remove(System.Text.Json.Nodes.JsonNode? node)
        {
            if (node is System.Text.Json.Nodes.JsonArray array)
            {
                foreach (var item in array)
                    Remove(item);
            }
            else if (node is System.Text.Json.Nodes.JsonObject fields)
            {
                foreach (var time in new[] { "elapsed", "ms", "finished", "transcript" })
                    fields.Remove(time);
                foreach (var (_, value) in fields)
                    Remove(value);
            }
        }
    }
}
