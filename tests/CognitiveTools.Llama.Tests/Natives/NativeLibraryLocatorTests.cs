using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Tests.Natives;

public sealed class NativeLibraryLocatorTests
{
    private const string Library = "libllama.v0.5.0.so";

    private static readonly string[] Levels = ["avx2", "avx", "noavx"];

    [Fact]
    public void The_build_put_libraries_of_this_platform_alone_beside_these_tests()
    {
        var rid = NativeLibraryLocator.PortableRid();
        var found = Find(new(), null, AppContext.BaseDirectory, rid, ProcessorLevel.Folders);
        Assert.Contains(
            Directory.GetFiles(found.Directory), static f => Path.GetFileName(f).Contains("ggml-cpu", StringComparison.Ordinal));
        Assert.Equal([rid], Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "runtimes"))
            .Where(static folder => Directory.EnumerateFiles(folder, "*ggml*", SearchOption.AllDirectories).Any())
                .Select(Path.GetFileName));
    }

    [Fact]
    public void A_configured_folder_wins_over_the_environment_and_that_over_the_program()
    {
        using var folder = new TemporaryFolder();
        var configured = Holding(folder, "mine");
        var environment = Holding(folder, "env");
        var beside = Holding(folder, "runtimes/linux-x64/native/avx2");

        Assert.Equal(configured, Find(new() { Directory = configured }, environment, folder.Path).Directory);
        Assert.Equal(
            new NativeLibraryLocation(environment, NativeVariant.Cpu, NativeLibraryLocator.EnvironmentVariable, IsDemanded: true),
            Find(new(), environment, folder.Path));
        var expected = new NativeLibraryLocation(beside, NativeVariant.Cpu, "beside the program", IsDemanded: false)
        {
            BundledPackage = "llamasharp/linux-x64/native/avx2",
        };
        Assert.Equal(expected, Find(new(), null, folder.Path));
    }

    [Fact]
    public void The_current_folder_is_never_searched()
    {
        using var folder = new TemporaryFolder();
        using var program = new TemporaryFolder();
        Holding(folder, "runtimes/linux-x64/native/avx2");
        var before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Assert.Throws<DllNotFoundException>(() => Find(new(), null, program.Path));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void Auto_takes_the_fastest_present_and_a_named_variant_only_itself()
    {
        using var folder = new TemporaryFolder();
        Holding(folder, "runtimes/linux-x64/native/noavx");
        Assert.Equal((NativeVariant.Cpu, "noavx"), Found(NativeVariant.Auto));
        Holding(folder, "runtimes/linux-x64/native/avx2");
        Assert.Equal((NativeVariant.Cpu, "avx2"), Found(NativeVariant.Auto));
        Holding(folder, "runtimes/linux-x64/native/avx512"); // not a level of the processor of this test
        Assert.Equal((NativeVariant.Cpu, "avx2"), Found(NativeVariant.Auto));
        Holding(folder, "runtimes/linux-x64/native/vulkan");
        Assert.Equal((NativeVariant.Vulkan, "vulkan"), Found(NativeVariant.Auto));
        Holding(folder, "runtimes/linux-x64/native/cuda12");
        Assert.Equal((NativeVariant.Cuda, "cuda12"), Found(NativeVariant.Auto));
        Holding(folder, "runtimes/linux-x64/native/cuda13");
        Assert.Equal((NativeVariant.Cuda, "cuda13"), Found(NativeVariant.Auto));
        Assert.Equal((NativeVariant.Cpu, "avx2"), Found(NativeVariant.Cpu));

        (NativeVariant, string?) Found(NativeVariant variant)
        {
            var found = Find(new() { Variant = variant }, null, folder.Path);
            return (found.Variant, Path.GetFileName(found.Directory));
        }
    }

    [Fact]
    public void Packages_without_processor_levels_hold_one_build()
    {
        using var folder = new TemporaryFolder();
        var flat = Holding(folder, "runtimes/linux-arm64/native");
        Assert.Equal(flat, Find(new(), null, folder.Path, "linux-arm64", []).Directory);
    }

    [Fact]
    public void A_configured_folder_without_libraries_is_refused_even_if_others_have_them()
    {
        using var folder = new TemporaryFolder();
        Holding(folder, "runtimes/linux-x64/native/avx2");
        var empty = Directory.CreateDirectory(folder.File("empty")).FullName;
        var error = Assert.Throws<DllNotFoundException>(() => Find(new() { Directory = empty }, null, folder.Path));
        Assert.Contains(empty, error.Message, StringComparison.Ordinal);
        Assert.Throws<DllNotFoundException>(() => Find(new(), folder.File("absent"), folder.Path));
    }

    [Theory]
    [InlineData("linux-x64", NativeVariant.Auto, "LLamaSharp.Backend.Cpu")]
    [InlineData("win-x64", NativeVariant.Cuda, "LLamaSharp.Backend.Cuda12")]
    [InlineData("linux-arm64", NativeVariant.Vulkan, "CognitiveToolsBackend=Vulkan")]
    public void A_missing_library_says_where_it_was_searched_and_what_to_do(string rid, NativeVariant variant, string remedy)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DllNotFoundException>(() => Find(new() { Variant = variant }, null, folder.Path, rid));
        Assert.Contains(Path.Combine(folder.Path, "runtimes", rid), error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Contains(NativeLibraryLocator.EnvironmentVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metal_is_in_the_default_build_of_macos_and_refused_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var mac = Holding(folder, "runtimes/osx-arm64/native");
        var bundled = new NativeLibraryLocation(mac, NativeVariant.Metal, "beside the program", IsDemanded: true)
        {
            BundledPackage = "llamasharp/osx-arm64/native",
        };
        Assert.Equal(bundled, Find(new() { Variant = NativeVariant.Metal }, null, folder.Path, "osx-arm64", []));
        File.WriteAllText(Path.Combine(mac, "libggml-metal.dylib"), "");
        Assert.Equal(NativeVariant.Metal, Find(new() { Directory = mac }, null, folder.Path, "osx-arm64").Variant);

        var error = Assert.Throws<DllNotFoundException>(() => Find(new() { Variant = NativeVariant.Metal }, null, folder.Path));
        Assert.Contains("Use the variant Auto, Cpu, Cuda or Vulkan", error.Message, StringComparison.Ordinal);
    }

    private static NativeLibraryLocation Find(
        NativeOptions options, string? environment, string program, string rid = "linux-x64", IReadOnlyList<string>? levels = null)
        => NativeLibraryLocator.Find(options, environment, program, rid, levels ?? Levels);

    private static string Holding(TemporaryFolder folder, string name)
    {
        var directory = Directory.CreateDirectory(folder.File(name)).FullName;
        File.WriteAllText(Path.Combine(directory, Library), "");
        return directory;
    }
}
