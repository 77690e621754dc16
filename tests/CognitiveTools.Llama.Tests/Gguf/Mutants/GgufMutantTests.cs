using System.Diagnostics;
using System.Globalization;

namespace CognitiveTools.Llama.Tests.Gguf.Mutants;

/// <summary>
/// Wrong models are asked a question in a process of their own: each is refused, answers, or fails with a message. None ends the
/// process, hangs it, or answers with nothing and no word. <c>COGTOOLS_GGUF_MUTANTS</c> and <c>COGTOOLS_GGUF_SEED</c> ask for more and
/// others.
/// </summary>
public sealed class GgufMutantTests
{
    private static readonly TimeSpan HangTimeout = TimeSpan.FromMinutes(2); // only a model that hangs takes as long

    private static readonly string[] Allowed = ["refused", "refused-by-llama.cpp", "answered", "failed", "empty-and-said-so"];

    [Fact]
    public async Task No_wrong_model_ends_hangs_or_silences_the_process()
    {
        using var folder = new TemporaryFolder();
        var mutator = new GgufMutator(Path.Combine(AppContext.BaseDirectory, "mini-coconut.gguf"), Setting("COGTOOLS_GGUF_SEED", 1));
        var count = Setting("COGTOOLS_GGUF_MUTANTS", 60);
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        List<string> wrong = [];
        Process? host = null;
        try
        {
            for (var i = 0; i < count; i++)
            {
                var (changes, bytes) = mutator.Next();
                var path = folder.File($"{i}.gguf");
                await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
                host ??= Start();
                var (outcome, text) = await AskAsync(host, path);
                tally[outcome] = tally.GetValueOrDefault(outcome) + 1;
                if (outcome is "ended" or "hung")
                {
                    host.Dispose();
                    host = null;
                }

                if (!Allowed.Contains(outcome) || text.Length == 0)
                    wrong.Add($"{i} ({changes}): {outcome} {text}");
                File.Delete(path);
            }
        }
        finally
        {
            host?.Kill();
            host?.Dispose();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", tally.Select(entry => $"{entry.Key} {entry.Value}")));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(tally.Count > 2, "The mutants all end in the same way; they show nothing.");
    }

    private static async Task<(string Outcome, string Text)> AskAsync(Process host, string path)
    {
        try
        {
            await host.StandardInput.WriteLineAsync(path);
            await host.StandardInput.FlushAsync();
            var line = await host.StandardOutput.ReadLineAsync().WaitAsync(HangTimeout);
            if (line?.Split('\t') is [_, var outcome, var text])
                return (outcome, text);
        }
        catch (TimeoutException)
        {
            host.Kill();
            return ("hung", $"no answer within {HangTimeout.TotalSeconds} s");
        }

        await host.WaitForExitAsync();
        return ("ended", $"exit code {host.ExitCode}: {(await host.StandardError.ReadToEndAsync()).Trim()}");
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Llama.TestHost.dll"), "models"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GGML_NO_BACKTRACE"] = "1";
        return Process.Start(start)!;
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
