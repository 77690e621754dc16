using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Integrity;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Tests.Natives;

/// <summary>Only the libraries that this version comes with are loaded from beside the program.</summary>
public sealed class NativeManifestTests
{
    [Theory]
    [InlineData("linux-x64", 17)]
    [InlineData("linux-x64-cuda", 18)]
    [InlineData("linux-x64-vulkan", 18)]
    [InlineData("linux-arm64", 11)]
    public void Every_platform_with_prebuilt_libraries_has_a_manifest(string name, int files)
    {
        Assert.NotNull(NativeManifest.Find(name));
        Assert.Equal(files, File.ReadAllLines(Path.Combine(RepositoryRoot(), "natives", name, "SHA256SUMS")).Length);
    }

    [Fact]
    public void The_libraries_that_the_build_put_here_are_the_recorded_ones()
    {
        using var copy = Copy.OfShipped();
        Assert.Equal(17, copy.Check());
        Assert.NotNull(TestModels.Tiny);
        Assert.Equal(17, NativeRuntime.Verified);
    }

    [Fact]
    public void A_changed_byte_in_any_library_is_refused()
    {
        using var copy = Copy.OfShipped();
        foreach (var file in Directory.GetFiles(copy.Path, "*.so"))
        {
            Flip(file);
            var error = Assert.Throws<NotSupportedException>(() => copy.Check());
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
            Assert.Contains("was changed", error.Message, StringComparison.Ordinal);
            Flip(file);
        }

        Assert.Equal(17, copy.Check());
    }

    [Theory]
    [InlineData("libggml-cpu-zen9.so")] // the library loads the best variant that it finds
    [InlineData("libllama.so")]
    [InlineData("libm.so.6")]
    [InlineData("ggml-cuda.dll")]
    public void A_library_that_was_added_is_refused(string name)
    {
        using var copy = Copy.OfShipped();
        File.WriteAllText(Path.Combine(copy.Path, name), "");
        Assert.Contains($"{name} does not come with this version", Assert.Throws<NotSupportedException>(() => copy.Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_the_user_named_is_the_users_own()
    {
        using var folder = new TemporaryFolder();
        var shipped = Directory.CreateDirectory(folder.File("natives/linux-x64")).FullName;
        File.WriteAllText(Path.Combine(shipped, "libllama.so"), "");
        Assert.Equal("linux-x64", NativeLibraryLocator.Find(new(), null, folder.Path, "linux-x64").Shipped);
        Assert.Null(NativeLibraryLocator.Find(new() { Directory = shipped }, null, folder.Path, "linux-x64").Shipped);
        Assert.Null(NativeLibraryLocator.Find(new(), shipped, folder.Path, "linux-x64").Shipped);
    }

    [Fact]
    public void A_relative_folder_in_the_environment_is_refused_since_it_would_depend_on_the_current_one()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("full path", Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(new(), "natives", folder.Path, "linux-x64")).Message, StringComparison.Ordinal);
    }

    private static void Flip(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = stream.Length / 2;
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 1));
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "natives", "fetch.mjs")))
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new DirectoryNotFoundException("Run the tests from a checkout.");
        return folder;
    }

    private sealed class Copy : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public string Path => _folder.File("linux-x64");

        public static Copy OfShipped()
        {
            Assert.SkipUnless(NativeLibraryLocator.PortableRid() == "linux-x64", "The libraries beside these tests are those of linux-x64; run it there.");
            var copy = new Copy();
            Directory.CreateDirectory(copy.Path);
            foreach (var file in Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "natives", "linux-x64")))
                File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
            return copy;
        }

        public int Check() => NativeManifest.Find("linux-x64")!.Check(Path, new FileHashes(_folder.File("records")));

        public void Dispose() => _folder.Dispose();
    }
}
