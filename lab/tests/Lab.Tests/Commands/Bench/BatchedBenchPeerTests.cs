using System.Text.Json;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Tests;
using CognitiveTools.Lab.Bench;
using CognitiveTools.Lab.Commands.Bench.Peers;

namespace CognitiveTools.Lab.Tests.Commands.Bench;

public sealed class BatchedBenchPeerTests : IDisposable
{
    // Two lines as the program of llama.cpp v0.5.0 prints them, and a line of its log.
    private const string Sizes =
        """{"n_kv_max": 1024, "n_batch": 512, "n_ubatch": 512, "flash_attn": -1, "is_pp_shared": 1, "n_gpu_layers": 0, """
            + """ "n_threads": 1, "n_threads_batch": 1, "pp": 64, "tg": 32, """;

    private const string Output = "{ not a measurement\n"
        + Sizes + """ "pl": 1, "n_kv": 96, "t_pp": 0.010000, "speed_pp": 6400.000000, "t_tg": 0.040000, "speed_tg": 800.000000, """
        + """ "t": 0.050000, "speed": 1920.000000}""" + "\n"
        + Sizes + """ "pl": 8, "n_kv": 320, "t_pp": 0.010000, "speed_pp": 6400.000000, "t_tg": 0.100000, "speed_tg": 2560.000000, """
        + """ "t": 0.110000, "speed": 2909.000000}""" + "\n";

    // Answers what it is asked for, every generation in half a second.
    private const string Fake = """
        #!/bin/sh
        echo "$@" >> "$0.asked"
        while [ $# -gt 0 ]; do
          case $1 in -npp) pp=$2 ;; -ntg) tg=$2 ;; -npl) pl=${2%%,*} ;; esac
          shift
        done
        echo "{\"pp\": $pp, \"tg\": $tg, \"pl\": $pl, \"t_pp\": 0.1, \"t_tg\": 0.5}"
        """;

    private static readonly PeerSetup Setup = new("model.gguf", Threads: 1, ContextLength: 100, Sequences: 8, OnGpu: false);

    private readonly TinyFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(64, 1, 32, 0.04)]
    [InlineData(64, 8, 32, 0.1)]
    [InlineData(64, 4, 32, null)] // left out by the program, for lack of room
    [InlineData(32, 8, 32, null)]
    [InlineData(64, 8, 16, null)]
    public void The_time_is_read_from_the_line_of_its_measurement(int prompt, int sequences, int steps, double? seconds) =>
        Assert.Equal(seconds, BatchedBenchPeer.Read(Output, prompt, sequences, steps));

    [Theory]
    [InlineData("")]
    [InlineData("""{"pp": 64, "tg": 32, "pl": 1}""")]
    [InlineData("""{"pp": 64, "tg": 32, "pl": 1, "t_tg": 0.000000}""")]
    [InlineData("""{"pp": "64", "tg": 32, "pl": 1, "t_tg": 0.1}""")]
    public void What_is_no_measurement_gives_none(string output) => Assert.Null(BatchedBenchPeer.Read(output, 64, 1, 32));

    [Fact]
    public async Task A_program_that_is_not_on_the_search_path_is_not_measured_and_that_is_said()
    {
        var reason = await new BatchedBenchPeer(null, searchPath: Path.GetDirectoryName(_files.Model)).StartAsync(Setup, Token);

        Assert.Equal("it is not on PATH; name it with --batched-bench FILE", reason);
    }

    [Fact]
    public async Task A_program_on_the_search_path_is_found()
    {
        var program = Write(BatchedBenchPeer.Program, Fake);
        var peer = new BatchedBenchPeer(null, searchPath: Path.GetDirectoryName(program));

        Assert.Null(await peer.StartAsync(Setup, Token));
        Assert.Equal(0.5, await peer.DecodeAsync([1, 2, 3], 8, 4, Token));
        var asked = (await File.ReadAllLinesAsync(program + ".asked", Token))[^1];
        Assert.Equal("-m model.gguf -t 1 -tb 1 -ngl 0 -c 900 -b 512 -ub 512 -kvu -pps -npp 3 -ntg 4 -npl 8,1 --output-format jsonl", asked);
    }

    [Fact]
    public async Task A_program_that_fails_is_skipped_with_its_last_words()
    {
        var reason = await new BatchedBenchPeer(Write("broken", "#!/bin/sh\necho 'unknown argument: --output-format' >&2\nexit 1\n"))
            .StartAsync(Setup, Token);

        Assert.Contains("exit code 1): unknown argument: --output-format", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_line_was_lost_is_repeated_but_not_for_ever()
    {
        var forgetful =
            Write("forgetful",
            Fake.Replace("echo \"$@\"", "[ -f \"$0.asked\" ] || { touch \"$0.asked\"; exit 0; }\necho \"$@\"", StringComparison.Ordinal));

        Assert.Null(await new BatchedBenchPeer(forgetful).StartAsync(Setup, Token));
        var silent = new BatchedBenchPeer(Write("silent", "#!/bin/sh\n"));
        Assert.Contains("gave no figure", await silent.StartAsync(Setup, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_run_is_skipped()
    {
        var reason = await new BatchedBenchPeer(_files.Problems).StartAsync(Setup, Token);

        Assert.NotNull(reason);
    }

    [Fact]
    public async Task A_file_that_is_named_but_not_there_is_bad_input()
    {
        var run = await CommandRun.OfAsync("bench", "-m", _files.Model, "--batched-bench", _files.PathOf("nowhere"));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("--batched-bench: there is no file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_reports_a_ratio_for_every_number_of_sequences()
    {
        var run = await CommandRun.OfAsync(
            "bench", "-m", _files.Model, "--threads", "1", "--no-peer", "--batched-bench", Write("fake", Fake),
            "--repetitions", "1", "--prompt", "8", "--steps", "4", "--sequences", "1", "4", "--width", "1", "--json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal([BatchedBenchPeer.Program], json.RootElement.GetProperty("peers").EnumerateArray().Select(static p => p.GetString()));
        var figures = json.RootElement.GetProperty("figures").EnumerateArray()
            .ToDictionary(static f => f.GetProperty("name").GetString()!, static f => f.GetProperty("median").GetDouble());
        var ratios = json.RootElement.GetProperty("ratios").EnumerateArray()
            .ToDictionary(static r => r.GetProperty("name").GetString()!, static r => r.GetProperty("value").GetDouble());
        foreach (var count in new[] { 1, 4 })
        {
            Assert.Equal(count * 4 / 0.5, figures[$"{BatchedBenchPeer.Program}, decode {count}"]);
            Assert.Equal(
                figures[$"engine, decode {count}"] / (count * 4 / 0.5), ratios[$"decode {count}, engine / {BatchedBenchPeer.Program}"],
                1e-9);
        }
    }

    private string Write(string name, string script)
    {
        var file = _files.PathOf(name);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
