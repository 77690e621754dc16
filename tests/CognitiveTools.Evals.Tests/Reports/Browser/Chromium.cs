using PuppeteerSharp;

namespace CognitiveTools.Evals.Tests.Reports.Browser;

/// <summary>
/// A headless Chromium of this machine, shared by the browser tests. Without one they are skipped, except under
/// <c>COGTOOLS_BROWSER_REQUIRED=true</c>, where a missing browser fails them.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "COGTOOLS_CHROMIUM";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
            return;
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = path,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], // CI runs as root in a container
            DefaultViewport = new ViewPortOptions { Width = 1280, Height = 900 },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }

    /// <summary>Opens a file and waits until its script is done.</summary>
    internal async Task<OpenedPage> OpenAsync(string file, string? scheme = null, int width = 1280)
    {
        if (_browser is null)
        {
            const string Reason = $"To run it: install Chromium (apt-get install chromium), or set {Variable} to its path.";
            if (Environment.GetEnvironmentVariable("COGTOOLS_BROWSER_REQUIRED") == "true")
                Assert.Fail(Reason);
            Assert.Skip(Reason);
        }

        var page = await _browser.NewPageAsync();
        var opened = new OpenedPage(page);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        if (scheme is not null)
        {
            var feature = new MediaFeatureValue { MediaFeature = PuppeteerSharp.MediaFeature.PrefersColorScheme, Value = scheme };
            await page.EmulateMediaFeaturesAsync([feature]);
        }

        await page.GoToAsync(new Uri(file).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-complete]");
        return opened;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named)
                ? named
                : throw new FileNotFoundException($"{Variable} names '{named}', which does not exist. Correct or unset it.", named);
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
