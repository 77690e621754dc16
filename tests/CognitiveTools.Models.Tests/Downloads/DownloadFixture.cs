using System.Security.Cryptography;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Downloads;

namespace CognitiveTools.Models.Tests.Downloads;

/// <summary>A store in a temporary folder and what a download test needs around it.</summary>
internal sealed class DownloadFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DownloadFixture(params IReadOnlyList<ModelEntry> entries) =>
        Store = new ModelStore(new ModelCatalog(entries), _folder.File("store"));

    public ModelStore Store { get; }

    public StoreDisk Disk { get; init; } = new();

    public INpmClient? Npm { get; init; }

    /// <summary>Content of 300,000 bytes: more than two read buffers.</summary>
    public static byte[] Content { get; } = MakeContent(300_000);

    public static string ContentSha256 { get; } = Sha256(Content);

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static ModelDownloaderOptions Options(LoopbackServer? server = null, string? token = null) => new()
    {
        HuggingFaceEndpoint = server?.Base ?? new Uri("http://127.0.0.1:9"),
        HuggingFaceToken = token,
        CheckGguf = GgufFile.ProblemOf,
        RetryDelay = TimeSpan.Zero,
        Attempts = 3,
    };

    public async Task<ModelDownload> GetAsync(
        string reference, ModelDownloaderOptions options, IProgress<DownloadProgress>? progress = null,
        CancellationToken? cancellationToken = null)
    {
        using var downloader = new ModelDownloader(Store, options, TimeProvider.System, Disk, Npm);
        return await downloader.GetAsync(reference, progress, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public Task<ModelDownload> GetAsync(string reference, LoopbackServer server) => GetAsync(reference, Options(server));

    public string PathOf(string reference) => Store.Resolve(reference).Path;

    /// <summary>Names of everything below the store, for "nothing was left over".</summary>
    public IEnumerable<string> Files() => Directory.Exists(Store.Folder)
        ? Directory
            .GetFiles(Store.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)
        : [];

    public void Dispose() => _folder.Dispose();

    private static byte[] MakeContent(int length)
    {
        var content = new byte[length];
        new Random(7).NextBytes(content);
        return content;
    }
}

/// <summary>Collects reports as they come, on the reporting thread.</summary>
internal sealed class Reports : IProgress<DownloadProgress>
{
    public List<DownloadProgress> All { get; } = [];

    public Action<DownloadProgress>? Then { get; init; }

    public void Report(DownloadProgress value)
    {
        All.Add(value);
        Then?.Invoke(value);
    }
}
