using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CognitiveTools.Cli.Tests.View;

/// <summary><c>cogtools view</c> as its user starts it.</summary>
public sealed class ViewCommandTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly ViewedRuns _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_prints_one_line_with_its_address_and_ends_well_when_told_to(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "To run it: use Linux, whose programs kill and env send the signals.");
        await _runs.BeginAsync("run", kept: 4);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        // A runner in the background ignores Ctrl+C, and its children with it, unless told otherwise.
        string[] command = ["--default-signal=INT", "dotnet", typeof(CogtoolsCommand).Assembly.Location, "view", _runs.Folder];
        using var view = Process.Start(new ProcessStartInfo("env", command)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = view.StandardError.ReadToEndAsync(patience.Token);
            var address = await view.StandardOutput.ReadLineAsync(patience.Token);
            Assert.Matches(@"^http://127\.0\.0\.1:\d+/\?token=[0-9a-f]+$", address);
            using var http = new HttpClient();
            var page = await http.GetStringAsync(address, patience.Token);
            Assert.Contains("Evaluations, live", page, StringComparison.Ordinal);

            using (var kill = Process.Start("kill", ["-s", signal, view.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync(patience.Token);
            await view.WaitForExitAsync(patience.Token);

            Assert.Equal(ExitCodes.Success, view.ExitCode);
            Assert.Equal("", await view.StandardOutput.ReadToEndAsync(patience.Token));
            Assert.Equal("cogtools: 1 run; Ctrl+C ends the view.\ncogtools: stopped.\n", await errors);
        }
        finally
        {
            if (!view.HasExited)
                view.Kill();
        }
    }

    [Fact]
    public async Task A_folder_that_is_missing_or_empty_is_refused()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_runs.Folder, "empty")).FullName;

        var missing = await CommandRun.OfAsync("view", empty + "-not");
        var without = await CommandRun.OfAsync("view", empty);
        var nothing = await CommandRun.OfAsync("view", "");

        Assert.All([missing, without, nothing], static run => Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output)));
        Assert.Contains($"There is no folder '{empty}-not'", missing.Error, StringComparison.Ordinal);
        Assert.Contains($"'{empty}' holds no run", without.Error, StringComparison.Ordinal);
        Assert.Contains("run is empty", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_with_the_remedy()
    {
        await _runs.BeginAsync("run", kept: 4);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var run = await CommandRun.OfAsync("view", _runs.Folder, "--port", port);

        Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            $"cogtools: The port {port} cannot be used: another program uses it. Give another one with --port, or 0 for a free one.",
            run.Error.TrimEnd());
    }
}
