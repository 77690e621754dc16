using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Tests.Natives;

public sealed class ProcessorLevelTests
{
    private static readonly ProcessorFeatures Newest = new()
    {
        Sse42 = true,
        Avx = true,
        Avx2 = true,
        Fma = true,
        Bmi2 = true,
        Avx512 = true,
        Avx512Vbmi = true,
        Avx512Vnni = true,
    };

    [Fact]
    public void The_newest_processor_runs_every_build_the_fastest_first() =>
        Assert.Equal(["avx512", "avx2", "avx", "noavx"], ProcessorLevel.Supported(Newest));

    [Fact]
    public void A_build_is_left_out_when_one_of_its_instruction_sets_is_missing()
    {
        var lesser = new[] { Newest with { Avx512 = false }, Newest with { Avx512Vbmi = false }, Newest with { Avx512Vnni = false } };
        foreach (var without in lesser)
            Assert.Equal(["avx2", "avx", "noavx"], ProcessorLevel.Supported(without));
        foreach (var without in new[] { Newest with { Avx2 = false }, Newest with { Fma = false }, Newest with { Bmi2 = false } })
            Assert.Equal(["avx", "noavx"], ProcessorLevel.Supported(without));
        Assert.Equal(["noavx"], ProcessorLevel.Supported(new() { Sse42 = true }));
        Assert.Empty(ProcessorLevel.Supported(new()));
    }

    [Fact]
    public void A_processor_that_no_build_for_x64_supports_is_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("runtimes/linux-x64/native/noavx"));
        File.WriteAllText(folder.File("runtimes/linux-x64/native/noavx/libllama.so"), "");

        var error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(new(), null, folder.Path, "linux-x64", []));
        Assert.Contains("This processor has no SSE4.2", error.Message, StringComparison.Ordinal);
    }
}
