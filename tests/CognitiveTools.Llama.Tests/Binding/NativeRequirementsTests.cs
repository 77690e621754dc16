using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Llama.Tests.Binding;

public sealed class NativeRequirementsTests
{
    private static readonly string[] Levels = ["avx2", "avx", "noavx"];

    private int _asked;

    [Fact]
    public void A_build_for_a_newer_processor_is_refused_by_its_level()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<NotSupportedException>(
            () => NativeRequirements.Check(Libraries(folder, "avx512"), Levels, OpenMp(isThere: true)));
        Assert.Contains("of the level avx512, and this one runs avx2, avx, noavx", error.Message, StringComparison.Ordinal);
        var refused = Assert.Throws<NotSupportedException>(
            () => NativeRequirements.Check(Libraries(folder, "noavx"), [], OpenMp(isThere: true)));
        Assert.Contains("none of these builds", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _asked);
        NativeRequirements.Check(Libraries(folder, "avx2"), Levels, OpenMp(isThere: true));
        NativeRequirements.Check(Libraries(folder, "mine"), Levels, OpenMp(isThere: true));
    }

    [Fact]
    public void The_processor_folder_beside_a_gpu_build_is_checked_too()
    {
        using var folder = new TemporaryFolder();
        var libraries = Libraries(folder, "cuda12") with { GgmlCpu = Libraries(folder, "avx512").GgmlCpu };

        Assert.Contains(
            "level avx512",
            Assert.Throws<NotSupportedException>(() => NativeRequirements.Check(libraries, Levels, OpenMp(isThere: true))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_OpenMP_is_named_with_the_package_to_install_when_a_library_needs_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "To run it: use Linux, whose builds need libgomp.");
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DllNotFoundException>(
            () => NativeRequirements.Check(Libraries(folder, "avx2", needed: "libgomp.so.1\0"), Levels, OpenMp(isThere: false)));

        Assert.Contains("libgomp.so.1, which is not installed", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libgomp1", error.Message, StringComparison.Ordinal);
        NativeRequirements.Check(Libraries(folder, "avx2", needed: "libgomp.so.1\0"), Levels, OpenMp(isThere: true));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public void OpenMP_is_left_alone_when_no_library_needs_it()
    {
        using var folder = new TemporaryFolder();
        NativeRequirements.Check(Libraries(folder, "avx2", needed: "libc.so.6\0"), Levels, OpenMp(isThere: false));
        Assert.Equal(0, _asked);
    }

    [Fact]
    public void The_libraries_that_are_loaded_here_meet_what_is_asked_of_them()
    {
        Assert.NotNull(LlamaDoctor.InspectNatives());
        NativeRequirements.Check(NativeRuntime.Loaded!);
    }

    private static NativeLibraries Libraries(TemporaryFolder root, string level, string needed = "")
    {
        var folder = Directory.CreateDirectory(root.File(level)).FullName;
        string[] paths =
            [.. new[] { "libggml-base.so", "libggml-cpu.so", "libggml.so", "libllama.so" }.Select(name => Path.Combine(folder, name))];
        foreach (var path in paths)
            File.WriteAllText(path, $"not a library \0{needed}");
        return new(folder, paths[0], paths[1], paths[2], paths[3]);
    }

    private Func<bool> OpenMp(bool isThere) => () =>
    {
        _asked++;
        return isThere;
    };
}
