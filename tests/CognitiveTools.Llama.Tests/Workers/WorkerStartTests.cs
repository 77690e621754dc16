using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Llama.Tests.Workers;

/// <summary>What becomes of a program that is started as a worker and is not one, or is one that says something first.</summary>
public sealed class WorkerStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Host => Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Llama.TestHost.dll");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_app_without_the_first_line_fails_after_one_child_and_says_which_line()
    {
        var log = _folder.File("processes");
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [Host, "hookless", log, TestModels.Tiny.Path])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var app = System.Diagnostics.Process.Start(start)!;
        var error = await app.StandardError.ReadToEndAsync(Token);
        await app.WaitForExitAsync(Token);

        Assert.NotEqual(0, app.ExitCode);
        Assert.Contains("if (await LlamaWorkerHost.RunIfAskedAsync()) return;", error, StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(log, Token)).Length); // the app and its one child
    }

    [Fact]
    public async Task A_program_that_prints_before_it_serves_is_told_what_it_printed()
    {
        var error = await FailureOfAsync("noisy");
        Assert.Contains("printed 'Welcome to the app' to its standard output", error, StringComparison.Ordinal);
        Assert.Contains("print nothing before it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_waits_instead_of_serving_is_given_up()
    {
        await using var worker = Worker(["silent"], options => options.StartTimeout = TimeSpan.FromSeconds(2));
        var error = await Assert.ThrowsAsync<LlamaWorkerException>(() => worker.StartAsync(Token));
        Assert.Contains("did not serve as one", error.Message, StringComparison.Ordinal);
        Assert.Null(worker.ProcessId);
    }

    [Fact]
    public async Task A_program_that_ends_instead_of_serving_is_quoted()
    {
        var error = await FailureOfAsync("no-such-mode");
        Assert.Contains("ended with exit code 0 before it served", error, StringComparison.Ordinal);
        Assert.Contains("RunIfAskedAsync", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_app_prints_after_it_served_harms_nobody()
    {
        await using var worker = Worker(["chatty"]);
        Assert.Equal(512, (await worker.InspectAsync(Token)).Model.VocabularySize);
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task A_worker_is_given_what_it_needs_of_the_environment_and_no_keys()
    {
        string[] secrets =
        [
            "COGTOOLS_API_KEY", "HF_TOKEN", "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "CUDA_LICENSE_KEY", "ConnectionStrings__Main",
            "DOTNET_ConnectionStrings__Main",
        ];
        foreach (var name in secrets)
            Environment.SetEnvironmentVariable(name, "secret");
        try
        {
            var said = await FailureOfAsync("environment");
            var names = said[(said.IndexOf("It said: ", StringComparison.Ordinal) + 9)..].Split(' ');
            Assert.Contains(LlamaWorkerHost.EnvironmentVariable, names);
            Assert.Contains("PATH", names);
            string[] shell = ["PWD", "OLDPWD", "SHLVL", "_"]; // where `dotnet` is a script, its shell sets these
            Assert.All(
                names.Except([LlamaWorkerHost.EnvironmentVariable, .. shell]),
                static name => Assert.True(WorkerEnvironment.IsNeeded(name), name));
            Assert.Empty(names.Intersect(secrets));
        }
        finally
        {
            foreach (var name in secrets)
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task A_program_of_the_current_folder_does_not_take_the_name_of_one_on_the_search_path()
    {
        await using var worker = new LlamaWorker(
            new() { Path = TestModels.Tiny.Path }, options: new() { FileName = "no-such-program-anywhere" });
        var error = await Assert.ThrowsAsync<LlamaWorkerException>(() => worker.StartAsync(Token));
        Assert.Contains(
            "no-such-program-anywhere could not be started: no program of that name is on the PATH", error.Message,
            StringComparison.Ordinal);
    }

    private static LlamaWorker Worker(string[] mode, Action<LlamaWorkerOptions>? configure = null)
    {
        var options = new LlamaWorkerOptions { FileName = "dotnet", Arguments = [Host, .. mode] };
        configure?.Invoke(options);
        return new(new() { Path = TestModels.Tiny.Path }, new() { Threads = 1 }, options);
    }

    private static async Task<string> FailureOfAsync(string mode)
    {
        await using var worker = Worker([mode]);
        var error = await Assert.ThrowsAsync<LlamaWorkerException>(() => worker.StartAsync(Token));
        Assert.Equal(1, worker.Starts);
        return error.Message;
    }
}
