using CognitiveTools.Evals.Live;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Tests.Reports;

namespace CognitiveTools.Evals.Tests.Live;

public sealed class UnitTailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_appended_is_read_once_and_in_order()
    {
        var run = await RunAsync(kept: 2);
        var tail = new UnitTail(run.Log);

        Assert.Equal(["p1 direct", "p1 cot"], Read(tail));
        Assert.Empty(Read(tail));
        run.Write(1);
        Assert.Equal(["p1 tools"], Read(tail));
        run.Write(2);
        Assert.Equal(["p2 direct", "p2 cot"], Read(tail));
    }

    [Fact]
    public async Task A_line_counts_when_it_has_its_end()
    {
        var run = await RunAsync(kept: 1);
        var tail = new UnitTail(run.Log);
        Assert.Single(Read(tail));
        var line = run.Next;

        run.Append(line[..40]);
        Assert.Empty(Read(tail));
        run.Append(line[40..^1]);
        Assert.Empty(Read(tail));
        run.Append("\n");

        Assert.Equal(["p1 cot"], Read(tail));
        Assert.Equal(0, tail.DamagedLines);
    }

    [Fact]
    public async Task A_torn_line_that_a_resumed_run_cut_off_voids_nothing()
    {
        var run = await RunAsync(kept: 2);
        var whole = new FileInfo(run.Log).Length;
        run.Append(run.Next[..50]);
        var tail = new UnitTail(run.Log);
        Assert.Equal(2, Read(tail).Length);

        using (var file = File.OpenWrite(run.Log))
            file.SetLength(whole);
        run.Write(1);
        var read = tail.Read();

        Assert.False(read.Anew);
        Assert.Equal("tools", Assert.Single(read.Records).Arm);
    }

    [Fact]
    public async Task A_log_that_lost_records_is_read_from_its_start()
    {
        var run = await RunAsync(kept: 4);
        var tail = new UnitTail(run.Log);
        Assert.Equal(4, Read(tail).Length);

        var first = (await File.ReadAllLinesAsync(run.Log, TestContext.Current.CancellationToken))[0] + "\n";
        await File.WriteAllTextAsync(run.Log, first, TestContext.Current.CancellationToken);
        var read = tail.Read();

        Assert.True(read.Anew);
        Assert.Single(read.Records);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Another_log_in_its_place_is_read_from_its_start_whatever_its_length(int lines)
    {
        var run = await RunAsync(kept: 2);
        var tail = new UnitTail(run.Log);
        Assert.Equal(2, Read(tail).Length);
        var text = await File.ReadAllLinesAsync(run.Log, TestContext.Current.CancellationToken);

        var other = string.Concat(Enumerable.Range(0, lines).Select(i => text[i % 2].Replace(
            "\"ms\":", "\"ms\":1", StringComparison.Ordinal) + "\n"));
        await File.WriteAllTextAsync(run.Log, other, TestContext.Current.CancellationToken);
        var read = tail.Read();

        Assert.True(read.Anew);
        Assert.Equal(lines, read.Records.Count);
    }

    [Fact]
    public async Task A_log_that_was_removed_and_begun_again_is_read_from_its_start()
    {
        var run = await RunAsync(kept: 2);
        var tail = new UnitTail(run.Log);
        Assert.Equal(2, Read(tail).Length);

        File.Delete(run.Log);
        var removed = tail.Read();
        run.Write(1);

        Assert.True(removed.Anew);
        Assert.Empty(removed.Records);
        Assert.Equal(["p1 tools"], Read(tail));
    }

    [Fact]
    public void A_log_that_is_not_there_yet_has_no_records()
    {
        var read = new UnitTail(_folder.File("none/units.jsonl")).Read();

        Assert.False(read.Anew);
        Assert.Empty(read.Records);
    }

    [Theory]
    [InlineData("{broken", "it is not a unit record")]
    [InlineData("[]", "it holds a list")]
    [InlineData("{\"v\":77}", "key 'v' is 77, this program reads up to 1. Use a newer cogtools.")]
    public async Task A_damaged_line_is_named_with_its_number_and_the_lines_after_it_are_read(string line, string expected)
    {
        var run = await RunAsync(kept: 2);
        run.Append("\n" + line + "\n");
        run.Write(2);
        var tail = new UnitTail(run.Log);

        Assert.Equal(["p1 direct", "p1 cot", "p1 tools", "p2 direct"], Read(tail));
        Assert.Equal(1, tail.DamagedLines);
        Assert.Contains("units.jsonl:4: ", tail.Damage, StringComparison.Ordinal);
        Assert.Contains(expected, tail.Damage, StringComparison.Ordinal);

        run.Append(line + "\n");
        Assert.Empty(Read(tail));
        Assert.Equal(2, tail.DamagedLines);
        Assert.Contains("units.jsonl:4: ", tail.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_keeps_no_writer_from_the_log()
    {
        var run = await RunAsync(kept: 2);
        using var reader = RunFiles.OpenShared(run.Log);

        using (var writer = File.OpenHandle(run.Log, FileMode.Open, FileAccess.Write, FileShare.Read))
        {
            RandomAccess.Write(writer, "\n"u8, RandomAccess.GetLength(writer));
            Assert.Equal(2, Read(new UnitTail(run.Log)).Length);
        }

        File.Delete(run.Log);
        Assert.False(File.Exists(run.Log));
    }

    private static string[] Read(UnitTail tail) => [.. tail.Read().Records.Select(static r => $"{r.Problem} {r.Arm}")];

    private async Task<RunInSteps> RunAsync(int kept) => new(
        await SampleRuns.SmallAsync(_folder.File("run"), cancellationToken: TestContext.Current.CancellationToken), kept);
}
