using CognitiveTools.Cli.Tests;
using CognitiveTools.Lab.Bench;
using CognitiveTools.Lab.Commands;
using CognitiveTools.Lab.Commands.Bench;
using CognitiveTools.Lab.Commands.Bench.Peers;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Lab.Tests.Commands.Bench;

public sealed class PeerTests : IDisposable
{
    private static readonly string[] Self = ["dotnet", typeof(CoglabCommand).Assembly.Location, "bench", PeerCommand.Name];

    private readonly TinyFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static OtherNatives Loaded => new("here", LlamaDoctor.InspectNatives().Directory, "");

    private PeerSetup Setup => new(_files.Model, Threads: 1, ContextLength: 64, Sequences: 8, OnGpu: false);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_engine_and_the_bare_loop_decode_in_processes_of_their_own()
    {
        foreach (var peer in EnginePeer.On(Loaded, Self))
        {
            using (peer)
            {
                Assert.Null(await peer.StartAsync(Setup, Token));
                Assert.True(await peer.DecodeAsync([3, 4, 5, 6], 1, 4, Token) > 0);
                Assert.True(await peer.DecodeAsync([3, 4, 5, 6], 8, 4, Token) > 0);
            }
        }
    }

    [Fact]
    public async Task What_fails_in_the_other_process_is_told_with_the_peers_name()
    {
        using var peer = EnginePeer.On(Loaded, Self)[1];
        Assert.Contains(
            "nowhere.gguf", await peer.StartAsync(Setup with { Model = _files.PathOf("nowhere.gguf") }, Token), StringComparison.Ordinal);
        Assert.Null(await peer.StartAsync(Setup, Token));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => peer.DecodeAsync([3, 4], 1, 1000, Token));
        Assert.StartsWith("engine on here failed: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_is_not_here_is_left_out_with_how_to_get_it()
    {
        Assert.Equal("b10221 is not here: get it", await EnginePeer.On(new("b10221", null, "get it"), Self)[0].StartAsync(Setup, Token));
        var elsewhere = await EnginePeer.On(Loaded, program: null)[0].StartAsync(Setup, Token);
        Assert.Contains("another program than coglab", elsewhere, StringComparison.Ordinal);
        var unbuilt = await LLamaSharpPeer.Batched(program: null).StartAsync(Setup, Token);
        Assert.Contains("dotnet build lab/LLamaSharpPeer", unbuilt, StringComparison.Ordinal);
        Assert.Contains(
            "--backend cpu", await EnginePeer.On(Loaded, Self)[0].StartAsync(Setup with { OnGpu = true }, Token), StringComparison.Ordinal);
    }

    [Fact]
    public void The_other_build_is_the_one_that_is_not_loaded()
    {
        var natives = LlamaDoctor.InspectNatives();
        Assert.Equal("v0.5.0", OtherNatives.Than(natives with { Version = "b10221" }).Name);
        var shipped = OtherNatives.Than(natives with { Version = "v0.5.0" });
        Assert.Equal("b10221", shipped.Name);
        Assert.StartsWith(AppContext.BaseDirectory, shipped.Folder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_a_row_for_each_that_decodes_with_its_ratios()
    {
        using var model = Llama.Models.LlamaModel.Load(new() { Path = _files.Model });
        var options = new BenchmarkOptions
        {
            Repetitions = 1,
            PromptLength = 8,
            Steps = 4,
            Sequences = [1, 8],
            LatentWidth = 1,
            Threads = 1,
        };
        var peers = EnginePeer.On(Loaded, Self);
        BenchmarkReport report;
        try
        {
            report = await EngineBenchmark.RunAsync(model, options, peers, cancellationToken: Token);
        }
        finally
        {
            foreach (var peer in peers)
                peer.Dispose();
        }

        var page = BenchMarkdown.ToText(report with { Peers = [.. report.Peers, "node skipped: it is not on PATH"] });
        const string Head = "| decodes "
            + "| 1 at once, tokens/s | of the bare loop | engine against it "
            + "| 8 at once, tokens/s | of the bare loop | engine against it |\n|---|---|---|---|---|---|---|\n| bare loop |";
        Assert.Contains(Head, page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string[] parts =
        [
            "| engine |", "| bare loop on here |", "| engine on here |", "| decode 8, engine on here / bare loop on here |",
            "| decode 1, engine on here / bare loop |", "Not measured: node skipped",
        ];
        Assert.All(parts, part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.Equal(0.98, report.Ratios.Single(static r => r.Name == "decode 1, engine on here / bare loop on here").Target);
    }
}
