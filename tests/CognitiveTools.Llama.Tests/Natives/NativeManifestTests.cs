using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Llama.Tests.Natives;

/// <summary>Only the libraries that this version comes with are loaded from beside the program.</summary>
public sealed class NativeManifestTests
{
    private const int Libraries = 4; // the package's fifth, for pictures and sound, is not copied

    [Theory]
    [InlineData("linux-x64", 16)]
    [InlineData("linux-x64-cuda", 17)]
    [InlineData("linux-x64-vulkan", 17)]
    [InlineData("linux-arm64", 11)]
    [InlineData("llamasharp/linux-x64/native/avx512", 5)]
    [InlineData("llamasharp/linux-musl-x64/native/noavx", 5)]
    [InlineData("llamasharp/win-x64/native/avx2", 5)]
    [InlineData("llamasharp/osx-arm64/native", 7)]
    [InlineData("llamasharp/linux-arm64/native", 5)]
    public void Every_platform_with_prebuilt_libraries_has_a_manifest(string name, int files) =>
        Assert.Equal(files, NativeManifest.Find(name)?.Count);

    [Theory]
    [InlineData("win-x64")]
    [InlineData("llamasharp/linux-x64/native/cuda12")]
    [InlineData("llamasharp/linux-x64/native")]
    public void A_folder_without_recorded_hashes_has_none(string name) => Assert.Null(NativeManifest.Find(name));

    [Fact]
    public void The_libraries_that_the_build_put_here_are_the_recorded_ones()
    {
        using var copy = Copy.OfShipped();
        Assert.Equal(Libraries, copy.Check());
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable(NativeLibraryLocator.EnvironmentVariable) is { Length: > 0 },
            $"Other libraries were chosen; unset {NativeLibraryLocator.EnvironmentVariable} to run it.");
        Assert.NotNull(TestModels.Tiny);
        Assert.Equal(Libraries, NativeRuntime.Verified);
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

        Assert.Equal(Libraries, copy.Check());
    }

    [Theory]
    [InlineData("libggml-cpu-zen9.so")] // the library loads the best variant that it finds
    [InlineData("libllama.so.1")]
    [InlineData("libm.so.6")]
    [InlineData("ggml-cuda.dll")]
    public void A_library_that_was_added_is_refused(string name)
    {
        using var copy = Copy.OfShipped();
        File.WriteAllText(Path.Combine(copy.Path, name), "");
        Assert.Contains(
            $"{name} does not come with this version", Assert.Throws<NotSupportedException>(() => copy.Check()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_the_user_named_is_the_users_own()
    {
        using var folder = new TemporaryFolder();
        var shipped = Directory.CreateDirectory(folder.File("runtimes/linux-x64/native/avx2")).FullName;
        File.WriteAllText(Path.Combine(shipped, "libllama.so"), "");
        Assert.Equal("llamasharp/linux-x64/native/avx2", Find(new(), null).BundledPackage);
        Assert.Null(Find(new() { Directory = shipped }, null).BundledPackage);
        Assert.Null(Find(new(), shipped).BundledPackage);

        NativeLibraryLocation Find(NativeOptions options, string? environment) => NativeLibraryLocator.Find(
            options, environment, folder.Path, "linux-x64", ["avx2"]);
    }

    [Fact]
    public void A_relative_folder_in_the_environment_is_refused_since_it_would_depend_on_the_current_one()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLocator.Find(new(), "natives", folder.Path, "linux-x64", []));
        Assert.Contains("full path", error.Message, StringComparison.Ordinal);
    }

    private static void Flip(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = stream.Length / 2;
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 1));
    }

    private sealed class Copy : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly string _level;

        private Copy(string level) => _level = level;

        public string Path => _folder.File(_level);

        public static Copy OfShipped()
        {
            Assert.SkipUnless(
                NativeLibraryLocator.PortableRid() == "linux-x64",
                "The libraries beside these tests are those of linux-x64; run it there.");
            var copy = new Copy(ProcessorLevel.Folders[0]);
            Directory.CreateDirectory(copy.Path);
            var bundled = System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", copy._level);
            foreach (var file in Directory.GetFiles(bundled))
                File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
            return copy;
        }

        public int Check() =>
            NativeManifest.Find($"llamasharp/linux-x64/native/{_level}")!.Check(Path, new FileHashes(_folder.File("records")));

        public void Dispose() => _folder.Dispose();
    }
}
