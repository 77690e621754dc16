using System.Diagnostics;
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
            var run = await CogtoolsAsync(["ask", Question, "-r", reasoner, "-m", "mini", "--threads", "1", "--deterministic", "--json", "--host", host]);
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
            var run = await CogtoolsAsync(["eval", "-p", _files.Problems, "-a", "direct,latent:steps=3,pause:steps=2", "-m", "mini", "--threads", "1", "--deterministic", "--host", host, "--run", directory, "--json"]);
            Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
            Assert.Contains($"\"host\":\"{host}\"", (await File.ReadAllTextAsync(Path.Combine(directory, "run.json"), Token)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            return [.. (await File.ReadAllLinesAsync(Path.Combine(directory, "units.jsonl"), Token)).Select(WithoutTimes)];
        }
    }

    [Fact]
    public async Task The_setting_is_read_and_the_option_comes_before_it()
    {
        string[] doctor = ["doctor", "-m", "mini", "--threads", "1"]; // it works on the library itself
        Assert.Contains("Llama:Host is 'elsewhere'", (await CogtoolsAsync(doctor, "elsewhere")).Error, StringComparison.Ordinal);
        Assert.Contains("Give --host inprocess", (await CogtoolsAsync(doctor, "process")).Output, StringComparison.Ordinal);
        Assert.Contains("All checks passed.", (await CogtoolsAsync([.. doctor, "--host", "inprocess"], "process")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_run_there_is_refused_and_not_run_here()
    {
        var pairs = _files.PathOf("pairs.jsonl");
        await File.WriteAllTextAsync(pairs, """{"positive":"yes","negative":"no"}""" + "\n", Token);
        string[] steer = ["models", "steer", "-m", _files.Model, "--pairs", pairs, "--out", _files.PathOf("vector.gguf")];
        await RefusedAsync("--host inprocess", [.. steer, "--host", "process"]);
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync(steer)).ExitCode);

        string[] steered = ["-m", _files.Model, "--threads", "1", "--host", "process"];
        await RefusedAsync("--host inprocess", ["ask", "x", "-r", $"steer:vector={_files.PathOf("vector.gguf")}", .. steered]);
        await RefusedAsync("--host inprocess", ["eval", "-p", _files.Problems, "-a", $"direct,steer:vector={_files.PathOf("vector.gguf")}", "--run", _files.PathOf("run"), .. steered]);
        await RefusedAsync("--host inprocess", ["bench", "--no-peer", .. steered]);
        await RefusedAsync("recurrent is none", ["ask", "x", "-r", "recurrent", "-m", "recurrent", "--host", "process"]);
        await RefusedAsync("an endpoint's model is none", ["ask", "x", "--endpoint", "http://127.0.0.1:1/v1", "--endpoint-model", "m", "--host", "process"]);

        static async Task RefusedAsync(string remedy, string[] arguments)
        {
            var run = await CogtoolsAsync(arguments);
            Assert.Equal(ExitCodes.BadInput, run.ExitCode);
            Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        }
    }

    private static async Task<CommandRun> CogtoolsAsync(string[] arguments, string? setting = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CogtoolsCommand).Assembly.Location, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (setting is not null)
            start.Environment["COGTOOLS_Llama__Host"] = setting;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return new(process.ExitCode, await output, await error);
    }

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
