using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CognitiveTools.Cli.Tests.Serve;

/// <summary><c>cogtools serve</c> as a process of its own; what it answers is tested with the server.</summary>
public sealed class ServeCommandTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cogtools.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData("INT", false, "inprocess")]
    [InlineData("INT", false, "process")]
    [InlineData("TERM", true, "inprocess")]
    public async Task It_prints_its_address_answers_and_ends_well_when_told_to(string signal, bool code, string host)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "To run it: use Linux, whose programs kill and env send the signals.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        // A runner in the background ignores Ctrl+C, and its children with it, unless told otherwise.
        string[] serve = [Program, "serve", "--model", "mini", "--threads", "1", "--port", "0", "--host", host];
        string[] command = ["--default-signal=INT", "dotnet", .. serve, .. code ? ["--allow-code"] : Array.Empty<string>()];
        using var server = Process.Start(new ProcessStartInfo("env", command)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = server.StandardError.ReadToEndAsync(patience.Token);
            var address = await server.StandardOutput.ReadLineAsync(patience.Token);
            Assert.Matches(@"^http://127\.0\.0\.1:\d+/v1$", address);
            using var http = new HttpClient();
            var models = await http.GetFromJsonAsync<JsonElement>($"{address}/models", patience.Token);
            Assert.Equal(
                [
                    "mini", "cognitive-tools", "cognitive", "cot", "cot-decoding", "direct", "latent", "maj", "pause", "tools",
                    "latent:rule=soft,steps=8",
                ],
                models.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));

            using var running = await http.GetAsync($"{address}/models/tools:code=on,profile=default", patience.Token);
            Assert.Equal(code ? HttpStatusCode.OK : HttpStatusCode.BadRequest, running.StatusCode);

            using (var kill = Process.Start("kill", ["-s", signal, server.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync(patience.Token);
            await server.WaitForExitAsync(patience.Token);

            Assert.Equal(ExitCodes.Success, server.ExitCode);
            Assert.Contains("serving mini cognitive-tools", await errors, StringComparison.Ordinal);
            Assert.EndsWith("cogtools: stopped.\n", await errors, StringComparison.Ordinal);
        }
        finally
        {
            if (!server.HasExited)
                server.Kill();
        }
    }

    [Fact]
    public async Task Told_to_end_while_it_starts_it_ends_well()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = error };

        var code = await CogtoolsCommand.RunAsync(
            ["serve", "--model", "mini", "--port", "0"], configuration, new CancellationToken(canceled: true));

        Assert.Equal((ExitCodes.Success, "", "cogtools: stopped.\n"), (code, output.ToString(), error.ToString().ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("--listen", "nowhere.example", "nowhere.example")]
    [InlineData("--host", "0.0.0.0", "--listen")]
    [InlineData("--port", "70000", "70000")]
    [InlineData("--api-key-variable", "COGTOOLS_TEST_NO_SUCH_KEY", "COGTOOLS_TEST_NO_SUCH_KEY")]
    [InlineData("--model", "no-such-model", "no-such-model")]
    public async Task What_cannot_be_served_is_said(string option, string value, string named)
    {
        string[] model = option == "--model" ? [] : ["--model", "mini"];

        var run = await CommandRun.OfAsync(["serve", option, value, .. model]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }
}
