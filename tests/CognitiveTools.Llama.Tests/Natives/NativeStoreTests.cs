using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Llama.Tests.Natives;

/// <summary>Fetched builds are the recorded ones, whole, or not there at all.</summary>
public sealed class NativeStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_archive_with_another_hash_is_refused_and_leaves_nothing_behind()
    {
        var npm = new PackedArchive(("package/bins/linux-x64/libllama.v0.5.0.so", "changed"));
        var store = new NativeStore(_folder.Path, npm);
        var package = Package(integrity: "AAAA");

        var error = await Assert.ThrowsAsync<IOException>(() => store.GetAsync(package, Token));

        Assert.Contains("altered on the way", error.Message, StringComparison.Ordinal);
        Assert.False(store.Has(package));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_package_whose_libraries_are_not_the_recorded_ones_is_refused_although_its_archive_has_the_hash()
    {
        var npm = new PackedArchive(("package/bins/linux-x64/libllama.v0.5.0.so", "changed"), ("package/LICENSE", "MIT"));
        var store = new NativeStore(_folder.Path, npm);
        var package = Package(npm.Integrity);

        var error = await Assert.ThrowsAsync<IOException>(() => store.GetAsync(package, Token));

        Assert.Contains("SHA256SUMS", error.Message, StringComparison.Ordinal);
        Assert.False(store.Has(package));
    }

    [Fact]
    public async Task A_folder_that_was_changed_is_fetched_again()
    {
        var npm = new PackedArchive();
        var store = new NativeStore(_folder.Path, npm);
        var package = Package(npm.Integrity);
        Directory.CreateDirectory(store.FolderOf(package));
        await File.WriteAllTextAsync(Path.Combine(store.FolderOf(package), "libllama.v0.5.0.so"), "changed", Token);

        await Assert.ThrowsAsync<IOException>(() => store.GetAsync(package, Token));

        Assert.Equal(1, npm.Calls);
    }

    [Fact]
    public void The_packages_of_this_platform_have_a_hash_of_their_archive_and_of_every_library()
    {
        Assert.All(NativePackage.ForThisPlatform, static package =>
        {
            Assert.Equal(64, Convert.FromBase64String(package.Integrity).Length);
            Assert.StartsWith("@node-llama-cpp/", package.Package, StringComparison.Ordinal);
            Assert.NotNull(NativeManifest.Find(package.Name));
        });
        if (NativeLibraryLocator.PortableRid() == "linux-x64")
            Assert.Equal(["npm", "npm-cuda", "npm-vulkan"], NativePackage.ForThisPlatform.Select(static package => package.ShortName));
    }

    private static NativePackage Package(string integrity) => new("linux-x64", "@node-llama-cpp/linux-x64", "3.22.1", integrity);

    private sealed class PackedArchive : INpmClient
    {
        private readonly byte[] _archive;

        public PackedArchive(params (string Name, string Content)[] files)
        {
            using var memory = new MemoryStream();
            using (var packed = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            using (var tar = new TarWriter(packed))
            {
                foreach (var (name, content) in files)
                {
                    using var data = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
                    tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
                }
            }

            _archive = memory.ToArray();
        }

        public string Integrity => Convert.ToBase64String(SHA512.HashData(_archive));

        public int Calls { get; private set; }

        public async Task<string> PackAsync(NpmPart part, string folder, CancellationToken cancellationToken)
        {
            Calls++;
            var path = Path.Combine(folder, "package.tgz");
            await File.WriteAllBytesAsync(path, _archive, cancellationToken);
            return path;
        }
    }
}
