using System.Diagnostics;
using System.Text.Json;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Tests.Runs;

public sealed class KilledRunTests
{
    private const int Kills = 20;
    private const int Units = 500;

    [Fact]
    public async Task A_run_killed_at_random_moments_loses_nothing_and_runs_nothing_twice()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var directory = folder.File("run");
        var random = new Random(20260101);
        var units = Path.Combine(directory, "units.jsonl");
        var before = Array.Empty<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // Waiting for progress, not for a time, puts every kill in the middle of the work however slow the machine is, and
            // a process answers few units more than that, so that none ends by itself however late it is killed.
            var target = random.Next(3, 20);
            using var process = Start(directory, answered: target + random.Next(4));
            while (!process.HasExited && Lines(units) < before.Length + target)
                await Task.Delay(1, token);
            Assert.False(process.HasExited, "The process ended by itself.");
            process.Kill(); // SIGKILL
            await process.WaitForExitAsync(token);

            var after = WholeLines(units);
            Assert.Equal(before, after.Take(before.Length));
            Assert.True(after.Length < Units, "The run ended before it could be killed.");
            before = after;
        }

        using var last = Start(directory, answered: Units);
        var output = await last.StandardOutput.ReadToEndAsync(token);
        await last.WaitForExitAsync(token);

        Assert.Equal((0, $"finished {Units} of {Units}\n"), (last.ExitCode, output.ReplaceLineEndings("\n")));
        var lines = WholeLines(units);
        Assert.Equal(before, lines.Take(before.Length));
        Assert.Equal(Units, lines.Length);
        Assert.Equal(Units, lines.Select(Key).Distinct(StringComparer.Ordinal).Count());
        var result = RunResult.Load(directory);
        Assert.True(result.Complete);
        Assert.Equal(Kills + 1, result.Header.Sessions.Count);
        Assert.All(result.Units, u => Assert.True(File.Exists(Path.Combine(directory, "transcripts", u.Transcript + ".json"))));
    }

    private static Process Start(string directory, int answered)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Evals.TestHost" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(host, [directory, $"{answered}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        return Process.Start(start)!;
    }

    private static int Lines(string path) => WholeLines(path).Length;

    private static string[] WholeLines(string path)
    {
        if (!File.Exists(path))
            return [];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n')[..^1];
    }

    private static string Key(string line)
    {
        using var json = JsonDocument.Parse(line);
        return $"{json.RootElement.GetProperty("problem")} {json.RootElement.GetProperty("arm")} {json.RootElement.GetProperty("sample")}";
    }
}
