using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Tests.Natives;

public sealed class NativeLibraryLocatorTests
{
    private const string Library = "libllama.v0.5.0.so";

    [Fact]
    public void The_build_put_libraries_beside_these_tests()
    {
        Assert.SkipUnless(NativeLibraryLocator.PortableRid() is "linux-x64" or "linux-arm64", "To run it: use Linux on x64 or arm64, which have prebuilt libraries.");
        var found = NativeLibraryLocator.Find();
        Assert.Contains(Directory.GetFiles(found.Directory), static f => Path.GetFileName(f).StartsWith("libllama.", StringComparison.Ordinal));
        Assert.Contains(Directory.GetFiles(found.Directory), static f => Path.GetFileName(f).StartsWith("libggml-cpu", StringComparison.Ordinal));
    }

    [Fact]
    public void A_configured_folder_wins_over_the_environment_and_that_over_the_program()
    {
        using var folder = new TemporaryFolder();
        var configured = Holding(folder, "mine");
        var environment = Holding(folder, "env");
        var beside = Holding(folder, "natives/linux-x64");

        Assert.Equal(configured, NativeLibraryLocator.Find(new() { Directory = configured }, environment, folder.Path, "linux-x64").Directory);
        Assert.Equal(new NativeLibraryLocation(environment, NativeVariant.Cpu, NativeLibraryLocator.EnvironmentVariable), NativeLibraryLocator.Find(new(), environment, folder.Path, "linux-x64"));
        Assert.Equal(beside, NativeLibraryLocator.Find(new(), null, folder.Path, "linux-x64").Directory);
    }

    [Fact]
    public void Auto_takes_the_fastest_present_and_a_named_variant_only_itself()
    {
        using var folder = new TemporaryFolder();
        Holding(folder, "natives/linux-x64");
        Assert.Equal(NativeVariant.Cpu, Find(NativeVariant.Auto).Variant);
        Holding(folder, "natives/linux-x64-vulkan");
        Assert.Equal(NativeVariant.Vulkan, Find(NativeVariant.Auto).Variant);
        Holding(folder, "runtimes/linux-x64-cuda/native");
        Assert.Equal(NativeVariant.Cuda, Find(NativeVariant.Auto).Variant);
        Assert.Equal(NativeVariant.Cpu, Find(NativeVariant.Cpu).Variant);

        NativeLibraryLocation Find(NativeVariant variant) => NativeLibraryLocator.Find(new() { Variant = variant }, null, folder.Path, "linux-x64");
    }

    [Fact]
    public void A_configured_folder_without_libraries_is_refused_even_if_others_have_them()
    {
        using var folder = new TemporaryFolder();
        Holding(folder, "natives/linux-x64");
        var empty = Directory.CreateDirectory(folder.File("empty")).FullName;
        var error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(new() { Directory = empty }, null, folder.Path, "linux-x64"));
        Assert.Contains(empty, error.Message, StringComparison.Ordinal);
        Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(new(), folder.File("absent"), folder.Path, "linux-x64"));
    }

    [Theory]
    [InlineData("linux-x64", NativeVariant.Auto, "npm")]
    [InlineData("linux-x64", NativeVariant.Cuda, "CognitiveToolsNative=cuda")]
    [InlineData("linux-arm64", NativeVariant.Vulkan, "only the CPU build")]
    [InlineData("linux-musl-x64", NativeVariant.Auto, "musl")]
    [InlineData("win-x64", NativeVariant.Auto, "No package of the pinned version")]
    [InlineData("linux-arm", NativeVariant.Auto, "linux-x64 and linux-arm64 only")]
    public void A_missing_library_says_where_it_was_searched_and_what_to_do(string rid, NativeVariant variant, string remedy)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(new() { Variant = variant }, null, folder.Path, rid));
        Assert.Contains(Path.Combine(folder.Path, "natives", rid), error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Contains(NativeLibraryLocator.EnvironmentVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metal_is_in_the_default_build_of_macos_and_refused_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var mac = Holding(folder, "natives/osx-arm64");
        Assert.Equal(new NativeLibraryLocation(mac, NativeVariant.Metal, "beside the program"), NativeLibraryLocator.Find(new() { Variant = NativeVariant.Metal }, null, folder.Path, "osx-arm64"));
        File.WriteAllText(Path.Combine(mac, "libggml-metal.dylib"), "");
        Assert.Equal(NativeVariant.Metal, NativeLibraryLocator.Find(new() { Directory = mac }, null, folder.Path, "osx-arm64").Variant);

        var error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(new() { Variant = NativeVariant.Metal }, null, folder.Path, "linux-x64"));
        Assert.Contains("Use the variant Auto, Cpu, Cuda or Vulkan", error.Message, StringComparison.Ordinal);
    }

    private static string Holding(TemporaryFolder folder, string name)
    {
        var directory = Directory.CreateDirectory(folder.File(name)).FullName;
        File.WriteAllText(Path.Combine(directory, Library), "");
        return directory;
    }
}
