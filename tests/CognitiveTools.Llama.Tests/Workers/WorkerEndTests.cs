using System.Text;
using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Llama.Tests.Workers;

/// <summary>What callers read when the worker process ends unexpectedly.</summary>
public sealed class WorkerEndTests
{
    private const string OnLinux = "needs a Unix shell: run it on Linux or macOS";

    [Theory]
    [InlineData("kill -ABRT $$", "SIGABRT")]
    [InlineData("kill -SEGV $$", "SIGSEGV")]
    [InlineData("kill -TERM $$", "signal 15")]
    [InlineData("exit 3", "exit code 3")]
    public async Task The_message_names_the_signal_or_the_exit_code_and_the_last_words(string end, string named)
    {
        var error = await EndingAsync($"echo 'ops.cpp:1: GGML_ASSERT(x) failed' >&2; {end}");

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("ops.cpp:1: GGML_ASSERT(x) failed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_process_printed_into_the_pipe_is_shown_on_one_line_and_cut()
    {
        var error = await EndingAsync(@"printf '[New LWP 1]\n\033[31m'; head -c 5000 /dev/zero | tr '\0' 'x'; kill -ABRT $$");

        Assert.Contains("SIGABRT", error.Message, StringComparison.Ordinal);
        Assert.Contains("printed instead of an answer: [New LWP 1]", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.InRange(error.Message.Length, 1, 1500);
    }

    private static string Greeting()
    {
        using var line = new MemoryStream();
        WorkerHandshake.Write(line);
        return Encoding.UTF8.GetString(line.ToArray()).Trim();
    }

    private static async Task<LlamaWorkerException> EndingAsync(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), OnLinux);
        await using var worker = new LlamaWorker(
            new() { Path = TestModels.Tiny.Path }, new(),
            new() { FileName = "/bin/sh", Arguments = ["-c", $"echo '{Greeting()}'; head -c 8 >/dev/null; {script}"] });
        return await Assert.ThrowsAsync<LlamaWorkerException>(
            () => LlamaWorkerLatentModel.CreateAsync(worker, TestContext.Current.CancellationToken));
    }
}
