using CognitiveTools.Lab.Learning.LibTorch;

namespace CognitiveTools.Lab.Learning.Tests.LibTorch;

public sealed class LibTorchMendTests
{
    private static readonly string Library =
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    [Fact]
    public void A_mended_library_needs_no_second_mend()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library for Linux is not here.");
        var once = File.ReadAllBytes(Library);
        once = LibTorchMend.Mend(once) ?? once;
        Assert.Null(LibTorchMend.Mend(once));
    }

    [Fact]
    public void The_library_in_the_package_cache_stays_as_it_was()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library for Linux is not here.");
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var original = Path.Combine(cache, "torchsharp", "0.107.0", "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(original), "The package cache is elsewhere.");
        Assert.NotNull(LibTorchMend.Mend(File.ReadAllBytes(original)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ and what follows in a library of Windows")]
    public void What_is_no_library_of_Linux_is_refused(string content) =>
        Assert.Contains("ELF", Assert.Throws<InvalidDataException>(
            () => LibTorchMend.Mend(System.Text.Encoding.ASCII.GetBytes(content))).Message, StringComparison.Ordinal);
}
